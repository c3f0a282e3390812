/**
 */
package org.tidebox.model;

import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EEnum;
import org.eclipse.emf.ecore.EPackage;
import org.eclipse.emf.ecore.EReference;

/**
 * <!-- begin-user-doc -->
 * The <b>Package</b> for the model.
 * It contains accessors for the meta objects to represent
 * <ul>
 *   <li>each class,</li>
 *   <li>each feature of each class,</li>
 *   <li>each enum,</li>
 *   <li>and each data type</li>
 * </ul>
 * <!-- end-user-doc -->
 * @see org.tidebox.model.ModelFactory
 * @model kind="package"
 * @generated
 */
public interface ModelPackage extends EPackage {
	/**
	 * The package name.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	String eNAME = "model";

	/**
	 * The package namespace URI.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	String eNS_URI = "urn:tidebox:model";

	/**
	 * The package namespace name.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	String eNS_PREFIX = "tidebox";

	/**
	 * The singleton instance of the package.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	ModelPackage eINSTANCE = org.tidebox.model.impl.ModelPackageImpl.init();

	/**
	 * The meta object id for the '{@link org.tidebox.model.impl.ConfigurationImpl <em>Configuration</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.tidebox.model.impl.ConfigurationImpl
	 * @see org.tidebox.model.impl.ModelPackageImpl#getConfiguration()
	 * @generated
	 */
	int CONFIGURATION = 0;

	/**
	 * The feature id for the '<em><b>Format Version</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CONFIGURATION__FORMAT_VERSION = 0;

	/**
	 * The feature id for the '<em><b>Folders</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CONFIGURATION__FOLDERS = 1;

	/**
	 * The feature id for the '<em><b>Groups</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CONFIGURATION__GROUPS = 2;

	/**
	 * The number of structural features of the '<em>Configuration</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CONFIGURATION_FEATURE_COUNT = 3;

	/**
	 * The meta object id for the '{@link org.tidebox.model.impl.FolderRulesImpl <em>Folder Rules</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.tidebox.model.impl.FolderRulesImpl
	 * @see org.tidebox.model.impl.ModelPackageImpl#getFolderRules()
	 * @generated
	 */
	int FOLDER_RULES = 1;

	/**
	 * The feature id for the '<em><b>Folder</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int FOLDER_RULES__FOLDER = 0;

	/**
	 * The feature id for the '<em><b>Upload</b></em>' containment reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int FOLDER_RULES__UPLOAD = 1;

	/**
	 * The feature id for the '<em><b>Download</b></em>' containment reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int FOLDER_RULES__DOWNLOAD = 2;

	/**
	 * The number of structural features of the '<em>Folder Rules</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int FOLDER_RULES_FEATURE_COUNT = 3;

	/**
	 * The meta object id for the '{@link org.tidebox.model.impl.RuleListImpl <em>Rule List</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.tidebox.model.impl.RuleListImpl
	 * @see org.tidebox.model.impl.ModelPackageImpl#getRuleList()
	 * @generated
	 */
	int RULE_LIST = 2;

	/**
	 * The feature id for the '<em><b>Rules</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int RULE_LIST__RULES = 0;

	/**
	 * The feature id for the '<em><b>Otherwise</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int RULE_LIST__OTHERWISE = 1;

	/**
	 * The feature id for the '<em><b>Candidates</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int RULE_LIST__CANDIDATES = 2;

	/**
	 * The number of structural features of the '<em>Rule List</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int RULE_LIST_FEATURE_COUNT = 3;

	/**
	 * The meta object id for the '{@link org.tidebox.model.impl.RuleImpl <em>Rule</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.tidebox.model.impl.RuleImpl
	 * @see org.tidebox.model.impl.ModelPackageImpl#getRule()
	 * @generated
	 */
	int RULE = 3;

	/**
	 * The feature id for the '<em><b>Condition</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int RULE__CONDITION = 0;

	/**
	 * The feature id for the '<em><b>Action</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int RULE__ACTION = 1;

	/**
	 * The number of structural features of the '<em>Rule</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int RULE_FEATURE_COUNT = 2;

	/**
	 * The meta object id for the '{@link org.tidebox.model.impl.TypeGroupImpl <em>Type Group</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.tidebox.model.impl.TypeGroupImpl
	 * @see org.tidebox.model.impl.ModelPackageImpl#getTypeGroup()
	 * @generated
	 */
	int TYPE_GROUP = 4;

	/**
	 * The feature id for the '<em><b>Name</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int TYPE_GROUP__NAME = 0;

	/**
	 * The feature id for the '<em><b>Types</b></em>' attribute list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int TYPE_GROUP__TYPES = 1;

	/**
	 * The number of structural features of the '<em>Type Group</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int TYPE_GROUP_FEATURE_COUNT = 2;

	/**
	 * The meta object id for the '{@link org.tidebox.model.CandidateMode <em>Candidate Mode</em>}' enum.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.tidebox.model.CandidateMode
	 * @see org.tidebox.model.impl.ModelPackageImpl#getCandidateMode()
	 * @generated
	 */
	int CANDIDATE_MODE = 5;

	/**
	 * The meta object id for the '{@link org.tidebox.model.RuleAction <em>Rule Action</em>}' enum.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.tidebox.model.RuleAction
	 * @see org.tidebox.model.impl.ModelPackageImpl#getRuleAction()
	 * @generated
	 */
	int RULE_ACTION = 6;


	/**
	 * Returns the meta object for class '{@link org.tidebox.model.Configuration <em>Configuration</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Configuration</em>'.
	 * @see org.tidebox.model.Configuration
	 * @generated
	 */
	EClass getConfiguration();

	/**
	 * Returns the meta object for the attribute '{@link org.tidebox.model.Configuration#getFormatVersion <em>Format Version</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Format Version</em>'.
	 * @see org.tidebox.model.Configuration#getFormatVersion()
	 * @see #getConfiguration()
	 * @generated
	 */
	EAttribute getConfiguration_FormatVersion();

	/**
	 * Returns the meta object for the containment reference list '{@link org.tidebox.model.Configuration#getFolders <em>Folders</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Folders</em>'.
	 * @see org.tidebox.model.Configuration#getFolders()
	 * @see #getConfiguration()
	 * @generated
	 */
	EReference getConfiguration_Folders();

	/**
	 * Returns the meta object for the containment reference list '{@link org.tidebox.model.Configuration#getGroups <em>Groups</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Groups</em>'.
	 * @see org.tidebox.model.Configuration#getGroups()
	 * @see #getConfiguration()
	 * @generated
	 */
	EReference getConfiguration_Groups();

	/**
	 * Returns the meta object for class '{@link org.tidebox.model.FolderRules <em>Folder Rules</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Folder Rules</em>'.
	 * @see org.tidebox.model.FolderRules
	 * @generated
	 */
	EClass getFolderRules();

	/**
	 * Returns the meta object for the attribute '{@link org.tidebox.model.FolderRules#getFolder <em>Folder</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Folder</em>'.
	 * @see org.tidebox.model.FolderRules#getFolder()
	 * @see #getFolderRules()
	 * @generated
	 */
	EAttribute getFolderRules_Folder();

	/**
	 * Returns the meta object for the containment reference '{@link org.tidebox.model.FolderRules#getUpload <em>Upload</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference '<em>Upload</em>'.
	 * @see org.tidebox.model.FolderRules#getUpload()
	 * @see #getFolderRules()
	 * @generated
	 */
	EReference getFolderRules_Upload();

	/**
	 * Returns the meta object for the containment reference '{@link org.tidebox.model.FolderRules#getDownload <em>Download</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference '<em>Download</em>'.
	 * @see org.tidebox.model.FolderRules#getDownload()
	 * @see #getFolderRules()
	 * @generated
	 */
	EReference getFolderRules_Download();

	/**
	 * Returns the meta object for class '{@link org.tidebox.model.RuleList <em>Rule List</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Rule List</em>'.
	 * @see org.tidebox.model.RuleList
	 * @generated
	 */
	EClass getRuleList();

	/**
	 * Returns the meta object for the containment reference list '{@link org.tidebox.model.RuleList#getRules <em>Rules</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Rules</em>'.
	 * @see org.tidebox.model.RuleList#getRules()
	 * @see #getRuleList()
	 * @generated
	 */
	EReference getRuleList_Rules();

	/**
	 * Returns the meta object for the attribute '{@link org.tidebox.model.RuleList#getOtherwise <em>Otherwise</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Otherwise</em>'.
	 * @see org.tidebox.model.RuleList#getOtherwise()
	 * @see #getRuleList()
	 * @generated
	 */
	EAttribute getRuleList_Otherwise();

	/**
	 * Returns the meta object for the attribute '{@link org.tidebox.model.RuleList#getCandidates <em>Candidates</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Candidates</em>'.
	 * @see org.tidebox.model.RuleList#getCandidates()
	 * @see #getRuleList()
	 * @generated
	 */
	EAttribute getRuleList_Candidates();

	/**
	 * Returns the meta object for class '{@link org.tidebox.model.Rule <em>Rule</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Rule</em>'.
	 * @see org.tidebox.model.Rule
	 * @generated
	 */
	EClass getRule();

	/**
	 * Returns the meta object for the attribute '{@link org.tidebox.model.Rule#getCondition <em>Condition</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Condition</em>'.
	 * @see org.tidebox.model.Rule#getCondition()
	 * @see #getRule()
	 * @generated
	 */
	EAttribute getRule_Condition();

	/**
	 * Returns the meta object for the attribute '{@link org.tidebox.model.Rule#getAction <em>Action</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Action</em>'.
	 * @see org.tidebox.model.Rule#getAction()
	 * @see #getRule()
	 * @generated
	 */
	EAttribute getRule_Action();

	/**
	 * Returns the meta object for class '{@link org.tidebox.model.TypeGroup <em>Type Group</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Type Group</em>'.
	 * @see org.tidebox.model.TypeGroup
	 * @generated
	 */
	EClass getTypeGroup();

	/**
	 * Returns the meta object for the attribute '{@link org.tidebox.model.TypeGroup#getName <em>Name</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Name</em>'.
	 * @see org.tidebox.model.TypeGroup#getName()
	 * @see #getTypeGroup()
	 * @generated
	 */
	EAttribute getTypeGroup_Name();

	/**
	 * Returns the meta object for the attribute list '{@link org.tidebox.model.TypeGroup#getTypes <em>Types</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute list '<em>Types</em>'.
	 * @see org.tidebox.model.TypeGroup#getTypes()
	 * @see #getTypeGroup()
	 * @generated
	 */
	EAttribute getTypeGroup_Types();

	/**
	 * Returns the meta object for enum '{@link org.tidebox.model.CandidateMode <em>Candidate Mode</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for enum '<em>Candidate Mode</em>'.
	 * @see org.tidebox.model.CandidateMode
	 * @generated
	 */
	EEnum getCandidateMode();

	/**
	 * Returns the meta object for enum '{@link org.tidebox.model.RuleAction <em>Rule Action</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for enum '<em>Rule Action</em>'.
	 * @see org.tidebox.model.RuleAction
	 * @generated
	 */
	EEnum getRuleAction();

	/**
	 * Returns the factory that creates the instances of the model.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the factory that creates the instances of the model.
	 * @generated
	 */
	ModelFactory getModelFactory();

	/**
	 * <!-- begin-user-doc -->
	 * Defines literals for the meta objects that represent
	 * <ul>
	 *   <li>each class,</li>
	 *   <li>each feature of each class,</li>
	 *   <li>each enum,</li>
	 *   <li>and each data type</li>
	 * </ul>
	 * <!-- end-user-doc -->
	 * @generated
	 */
	interface Literals {
		/**
		 * The meta object literal for the '{@link org.tidebox.model.impl.ConfigurationImpl <em>Configuration</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.tidebox.model.impl.ConfigurationImpl
		 * @see org.tidebox.model.impl.ModelPackageImpl#getConfiguration()
		 * @generated
		 */
		EClass CONFIGURATION = eINSTANCE.getConfiguration();

		/**
		 * The meta object literal for the '<em><b>Format Version</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute CONFIGURATION__FORMAT_VERSION = eINSTANCE.getConfiguration_FormatVersion();

		/**
		 * The meta object literal for the '<em><b>Folders</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference CONFIGURATION__FOLDERS = eINSTANCE.getConfiguration_Folders();

		/**
		 * The meta object literal for the '<em><b>Groups</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference CONFIGURATION__GROUPS = eINSTANCE.getConfiguration_Groups();

		/**
		 * The meta object literal for the '{@link org.tidebox.model.impl.FolderRulesImpl <em>Folder Rules</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.tidebox.model.impl.FolderRulesImpl
		 * @see org.tidebox.model.impl.ModelPackageImpl#getFolderRules()
		 * @generated
		 */
		EClass FOLDER_RULES = eINSTANCE.getFolderRules();

		/**
		 * The meta object literal for the '<em><b>Folder</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute FOLDER_RULES__FOLDER = eINSTANCE.getFolderRules_Folder();

		/**
		 * The meta object literal for the '<em><b>Upload</b></em>' containment reference feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference FOLDER_RULES__UPLOAD = eINSTANCE.getFolderRules_Upload();

		/**
		 * The meta object literal for the '<em><b>Download</b></em>' containment reference feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference FOLDER_RULES__DOWNLOAD = eINSTANCE.getFolderRules_Download();

		/**
		 * The meta object literal for the '{@link org.tidebox.model.impl.RuleListImpl <em>Rule List</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.tidebox.model.impl.RuleListImpl
		 * @see org.tidebox.model.impl.ModelPackageImpl#getRuleList()
		 * @generated
		 */
		EClass RULE_LIST = eINSTANCE.getRuleList();

		/**
		 * The meta object literal for the '<em><b>Rules</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference RULE_LIST__RULES = eINSTANCE.getRuleList_Rules();

		/**
		 * The meta object literal for the '<em><b>Otherwise</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute RULE_LIST__OTHERWISE = eINSTANCE.getRuleList_Otherwise();

		/**
		 * The meta object literal for the '<em><b>Candidates</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute RULE_LIST__CANDIDATES = eINSTANCE.getRuleList_Candidates();

		/**
		 * The meta object literal for the '{@link org.tidebox.model.impl.RuleImpl <em>Rule</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.tidebox.model.impl.RuleImpl
		 * @see org.tidebox.model.impl.ModelPackageImpl#getRule()
		 * @generated
		 */
		EClass RULE = eINSTANCE.getRule();

		/**
		 * The meta object literal for the '<em><b>Condition</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute RULE__CONDITION = eINSTANCE.getRule_Condition();

		/**
		 * The meta object literal for the '<em><b>Action</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute RULE__ACTION = eINSTANCE.getRule_Action();

		/**
		 * The meta object literal for the '{@link org.tidebox.model.impl.TypeGroupImpl <em>Type Group</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.tidebox.model.impl.TypeGroupImpl
		 * @see org.tidebox.model.impl.ModelPackageImpl#getTypeGroup()
		 * @generated
		 */
		EClass TYPE_GROUP = eINSTANCE.getTypeGroup();

		/**
		 * The meta object literal for the '<em><b>Name</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute TYPE_GROUP__NAME = eINSTANCE.getTypeGroup_Name();

		/**
		 * The meta object literal for the '<em><b>Types</b></em>' attribute list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute TYPE_GROUP__TYPES = eINSTANCE.getTypeGroup_Types();

		/**
		 * The meta object literal for the '{@link org.tidebox.model.CandidateMode <em>Candidate Mode</em>}' enum.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.tidebox.model.CandidateMode
		 * @see org.tidebox.model.impl.ModelPackageImpl#getCandidateMode()
		 * @generated
		 */
		EEnum CANDIDATE_MODE = eINSTANCE.getCandidateMode();

		/**
		 * The meta object literal for the '{@link org.tidebox.model.RuleAction <em>Rule Action</em>}' enum.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.tidebox.model.RuleAction
		 * @see org.tidebox.model.impl.ModelPackageImpl#getRuleAction()
		 * @generated
		 */
		EEnum RULE_ACTION = eINSTANCE.getRuleAction();

	}

} //ModelPackage
