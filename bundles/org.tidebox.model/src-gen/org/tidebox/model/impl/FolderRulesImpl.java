/**
 */
package org.tidebox.model.impl;

import org.eclipse.emf.common.notify.Notification;
import org.eclipse.emf.common.notify.NotificationChain;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.InternalEObject;

import org.eclipse.emf.ecore.impl.ENotificationImpl;
import org.eclipse.emf.ecore.impl.MinimalEObjectImpl;

import org.tidebox.model.FolderRules;
import org.tidebox.model.ModelPackage;
import org.tidebox.model.RuleList;

/**
 * <!-- begin-user-doc -->
 * An implementation of the model object '<em><b>Folder Rules</b></em>'.
 * <!-- end-user-doc -->
 * <p>
 * The following features are implemented:
 * </p>
 * <ul>
 *   <li>{@link org.tidebox.model.impl.FolderRulesImpl#getFolder <em>Folder</em>}</li>
 *   <li>{@link org.tidebox.model.impl.FolderRulesImpl#getUpload <em>Upload</em>}</li>
 *   <li>{@link org.tidebox.model.impl.FolderRulesImpl#getDownload <em>Download</em>}</li>
 * </ul>
 *
 * @generated
 */
public class FolderRulesImpl extends MinimalEObjectImpl.Container implements FolderRules {
	/**
	 * The default value of the '{@link #getFolder() <em>Folder</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getFolder()
	 * @generated
	 * @ordered
	 */
	protected static final String FOLDER_EDEFAULT = null;

	/**
	 * The cached value of the '{@link #getFolder() <em>Folder</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getFolder()
	 * @generated
	 * @ordered
	 */
	protected String folder = FOLDER_EDEFAULT;

	/**
	 * The cached value of the '{@link #getUpload() <em>Upload</em>}' containment reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getUpload()
	 * @generated
	 * @ordered
	 */
	protected RuleList upload;

	/**
	 * The cached value of the '{@link #getDownload() <em>Download</em>}' containment reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getDownload()
	 * @generated
	 * @ordered
	 */
	protected RuleList download;

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	protected FolderRulesImpl() {
		super();
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	protected EClass eStaticClass() {
		return ModelPackage.Literals.FOLDER_RULES;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public String getFolder() {
		return folder;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setFolder(String newFolder) {
		String oldFolder = folder;
		folder = newFolder;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.FOLDER_RULES__FOLDER, oldFolder, folder));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public RuleList getUpload() {
		return upload;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	public NotificationChain basicSetUpload(RuleList newUpload, NotificationChain msgs) {
		RuleList oldUpload = upload;
		upload = newUpload;
		if (eNotificationRequired()) {
			ENotificationImpl notification = new ENotificationImpl(this, Notification.SET, ModelPackage.FOLDER_RULES__UPLOAD, oldUpload, newUpload);
			if (msgs == null) msgs = notification; else msgs.add(notification);
		}
		return msgs;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setUpload(RuleList newUpload) {
		if (newUpload != upload) {
			NotificationChain msgs = null;
			if (upload != null)
				msgs = ((InternalEObject)upload).eInverseRemove(this, EOPPOSITE_FEATURE_BASE - ModelPackage.FOLDER_RULES__UPLOAD, null, msgs);
			if (newUpload != null)
				msgs = ((InternalEObject)newUpload).eInverseAdd(this, EOPPOSITE_FEATURE_BASE - ModelPackage.FOLDER_RULES__UPLOAD, null, msgs);
			msgs = basicSetUpload(newUpload, msgs);
			if (msgs != null) msgs.dispatch();
		}
		else if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.FOLDER_RULES__UPLOAD, newUpload, newUpload));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public RuleList getDownload() {
		return download;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	public NotificationChain basicSetDownload(RuleList newDownload, NotificationChain msgs) {
		RuleList oldDownload = download;
		download = newDownload;
		if (eNotificationRequired()) {
			ENotificationImpl notification = new ENotificationImpl(this, Notification.SET, ModelPackage.FOLDER_RULES__DOWNLOAD, oldDownload, newDownload);
			if (msgs == null) msgs = notification; else msgs.add(notification);
		}
		return msgs;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setDownload(RuleList newDownload) {
		if (newDownload != download) {
			NotificationChain msgs = null;
			if (download != null)
				msgs = ((InternalEObject)download).eInverseRemove(this, EOPPOSITE_FEATURE_BASE - ModelPackage.FOLDER_RULES__DOWNLOAD, null, msgs);
			if (newDownload != null)
				msgs = ((InternalEObject)newDownload).eInverseAdd(this, EOPPOSITE_FEATURE_BASE - ModelPackage.FOLDER_RULES__DOWNLOAD, null, msgs);
			msgs = basicSetDownload(newDownload, msgs);
			if (msgs != null) msgs.dispatch();
		}
		else if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.FOLDER_RULES__DOWNLOAD, newDownload, newDownload));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public NotificationChain eInverseRemove(InternalEObject otherEnd, int featureID, NotificationChain msgs) {
		switch (featureID) {
			case ModelPackage.FOLDER_RULES__UPLOAD:
				return basicSetUpload(null, msgs);
			case ModelPackage.FOLDER_RULES__DOWNLOAD:
				return basicSetDownload(null, msgs);
		}
		return super.eInverseRemove(otherEnd, featureID, msgs);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public Object eGet(int featureID, boolean resolve, boolean coreType) {
		switch (featureID) {
			case ModelPackage.FOLDER_RULES__FOLDER:
				return getFolder();
			case ModelPackage.FOLDER_RULES__UPLOAD:
				return getUpload();
			case ModelPackage.FOLDER_RULES__DOWNLOAD:
				return getDownload();
		}
		return super.eGet(featureID, resolve, coreType);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void eSet(int featureID, Object newValue) {
		switch (featureID) {
			case ModelPackage.FOLDER_RULES__FOLDER:
				setFolder((String)newValue);
				return;
			case ModelPackage.FOLDER_RULES__UPLOAD:
				setUpload((RuleList)newValue);
				return;
			case ModelPackage.FOLDER_RULES__DOWNLOAD:
				setDownload((RuleList)newValue);
				return;
		}
		super.eSet(featureID, newValue);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void eUnset(int featureID) {
		switch (featureID) {
			case ModelPackage.FOLDER_RULES__FOLDER:
				setFolder(FOLDER_EDEFAULT);
				return;
			case ModelPackage.FOLDER_RULES__UPLOAD:
				setUpload((RuleList)null);
				return;
			case ModelPackage.FOLDER_RULES__DOWNLOAD:
				setDownload((RuleList)null);
				return;
		}
		super.eUnset(featureID);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public boolean eIsSet(int featureID) {
		switch (featureID) {
			case ModelPackage.FOLDER_RULES__FOLDER:
				return FOLDER_EDEFAULT == null ? folder != null : !FOLDER_EDEFAULT.equals(folder);
			case ModelPackage.FOLDER_RULES__UPLOAD:
				return upload != null;
			case ModelPackage.FOLDER_RULES__DOWNLOAD:
				return download != null;
		}
		return super.eIsSet(featureID);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public String toString() {
		if (eIsProxy()) return super.toString();

		StringBuilder result = new StringBuilder(super.toString());
		result.append(" (folder: ");
		result.append(folder);
		result.append(')');
		return result.toString();
	}

} //FolderRulesImpl
