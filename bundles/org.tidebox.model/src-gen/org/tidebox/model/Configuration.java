/**
 */
package org.tidebox.model;

import org.eclipse.emf.common.util.EList;

import org.eclipse.emf.ecore.EObject;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Configuration</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * All that a person configures on a device. What concerns one of its parts is in one containment of its own.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link org.tidebox.model.Configuration#getFormatVersion <em>Format Version</em>}</li>
 *   <li>{@link org.tidebox.model.Configuration#getFolders <em>Folders</em>}</li>
 *   <li>{@link org.tidebox.model.Configuration#getGroups <em>Groups</em>}</li>
 * </ul>
 *
 * @see org.tidebox.model.ModelPackage#getConfiguration()
 * @model
 * @generated
 */
public interface Configuration extends EObject {
	/**
	 * Returns the value of the '<em><b>Format Version</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * The version of the format that it was written in; a program reads its own and older ones.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Format Version</em>' attribute.
	 * @see #setFormatVersion(int)
	 * @see org.tidebox.model.ModelPackage#getConfiguration_FormatVersion()
	 * @model required="true"
	 * @generated
	 */
	int getFormatVersion();

	/**
	 * Sets the value of the '{@link org.tidebox.model.Configuration#getFormatVersion <em>Format Version</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Format Version</em>' attribute.
	 * @see #getFormatVersion()
	 * @generated
	 */
	void setFormatVersion(int value);

	/**
	 * Returns the value of the '<em><b>Folders</b></em>' containment reference list.
	 * The list contents are of type {@link org.tidebox.model.FolderRules}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * The rules of sync folders; a folder without rules transfers everything.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Folders</em>' containment reference list.
	 * @see org.tidebox.model.ModelPackage#getConfiguration_Folders()
	 * @model containment="true"
	 * @generated
	 */
	EList<FolderRules> getFolders();

	/**
	 * Returns the value of the '<em><b>Groups</b></em>' containment reference list.
	 * The list contents are of type {@link org.tidebox.model.TypeGroup}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * The person's own groups of types, beside the built-in ones.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Groups</em>' containment reference list.
	 * @see org.tidebox.model.ModelPackage#getConfiguration_Groups()
	 * @model containment="true"
	 * @generated
	 */
	EList<TypeGroup> getGroups();

} // Configuration
