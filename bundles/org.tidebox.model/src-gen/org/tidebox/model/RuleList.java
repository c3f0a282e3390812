/**
 */
package org.tidebox.model;

import org.eclipse.emf.common.util.EList;

import org.eclipse.emf.ecore.EObject;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Rule List</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * Rules in order: the first one whose condition is met decides.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link org.tidebox.model.RuleList#getRules <em>Rules</em>}</li>
 *   <li>{@link org.tidebox.model.RuleList#getOtherwise <em>Otherwise</em>}</li>
 *   <li>{@link org.tidebox.model.RuleList#getCandidates <em>Candidates</em>}</li>
 * </ul>
 *
 * @see org.tidebox.model.ModelPackage#getRuleList()
 * @model
 * @generated
 */
public interface RuleList extends EObject {
	/**
	 * Returns the value of the '<em><b>Rules</b></em>' containment reference list.
	 * The list contents are of type {@link org.tidebox.model.Rule}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * The rules, in the order in which they are asked.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Rules</em>' containment reference list.
	 * @see org.tidebox.model.ModelPackage#getRuleList_Rules()
	 * @model containment="true"
	 * @generated
	 */
	EList<Rule> getRules();

	/**
	 * Returns the value of the '<em><b>Otherwise</b></em>' attribute.
	 * The literals are from the enumeration {@link org.tidebox.model.RuleAction}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * What to do with a candidate that meets no condition.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Otherwise</em>' attribute.
	 * @see org.tidebox.model.RuleAction
	 * @see #setOtherwise(RuleAction)
	 * @see org.tidebox.model.ModelPackage#getRuleList_Otherwise()
	 * @model
	 * @generated
	 */
	RuleAction getOtherwise();

	/**
	 * Sets the value of the '{@link org.tidebox.model.RuleList#getOtherwise <em>Otherwise</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Otherwise</em>' attribute.
	 * @see org.tidebox.model.RuleAction
	 * @see #getOtherwise()
	 * @generated
	 */
	void setOtherwise(RuleAction value);

	/**
	 * Returns the value of the '<em><b>Candidates</b></em>' attribute.
	 * The literals are from the enumeration {@link org.tidebox.model.CandidateMode}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * How candidates for a transfer in this direction are found.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Candidates</em>' attribute.
	 * @see org.tidebox.model.CandidateMode
	 * @see #setCandidates(CandidateMode)
	 * @see org.tidebox.model.ModelPackage#getRuleList_Candidates()
	 * @model
	 * @generated
	 */
	CandidateMode getCandidates();

	/**
	 * Sets the value of the '{@link org.tidebox.model.RuleList#getCandidates <em>Candidates</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Candidates</em>' attribute.
	 * @see org.tidebox.model.CandidateMode
	 * @see #getCandidates()
	 * @generated
	 */
	void setCandidates(CandidateMode value);

} // RuleList
