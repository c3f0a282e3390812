/**
 */
package org.tidebox.model;

import org.eclipse.emf.ecore.EObject;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Folder Rules</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * What goes up from and comes down to one sync folder.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link org.tidebox.model.FolderRules#getFolder <em>Folder</em>}</li>
 *   <li>{@link org.tidebox.model.FolderRules#getUpload <em>Upload</em>}</li>
 *   <li>{@link org.tidebox.model.FolderRules#getDownload <em>Download</em>}</li>
 * </ul>
 *
 * @see org.tidebox.model.ModelPackage#getFolderRules()
 * @model
 * @generated
 */
public interface FolderRules extends EObject {
	/**
	 * Returns the value of the '<em><b>Folder</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * The id of the sync folder on this device.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Folder</em>' attribute.
	 * @see #setFolder(String)
	 * @see org.tidebox.model.ModelPackage#getFolderRules_Folder()
	 * @model id="true" required="true"
	 * @generated
	 */
	String getFolder();

	/**
	 * Sets the value of the '{@link org.tidebox.model.FolderRules#getFolder <em>Folder</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Folder</em>' attribute.
	 * @see #getFolder()
	 * @generated
	 */
	void setFolder(String value);

	/**
	 * Returns the value of the '<em><b>Upload</b></em>' containment reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * What goes from the device to the server.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Upload</em>' containment reference.
	 * @see #setUpload(RuleList)
	 * @see org.tidebox.model.ModelPackage#getFolderRules_Upload()
	 * @model containment="true" required="true"
	 * @generated
	 */
	RuleList getUpload();

	/**
	 * Sets the value of the '{@link org.tidebox.model.FolderRules#getUpload <em>Upload</em>}' containment reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Upload</em>' containment reference.
	 * @see #getUpload()
	 * @generated
	 */
	void setUpload(RuleList value);

	/**
	 * Returns the value of the '<em><b>Download</b></em>' containment reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * What comes from the server to the device.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Download</em>' containment reference.
	 * @see #setDownload(RuleList)
	 * @see org.tidebox.model.ModelPackage#getFolderRules_Download()
	 * @model containment="true" required="true"
	 * @generated
	 */
	RuleList getDownload();

	/**
	 * Sets the value of the '{@link org.tidebox.model.FolderRules#getDownload <em>Download</em>}' containment reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Download</em>' containment reference.
	 * @see #getDownload()
	 * @generated
	 */
	void setDownload(RuleList value);

} // FolderRules
