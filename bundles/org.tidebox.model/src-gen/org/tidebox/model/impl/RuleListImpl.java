/**
 */
package org.tidebox.model.impl;

import java.util.Collection;

import org.eclipse.emf.common.notify.Notification;
import org.eclipse.emf.common.notify.NotificationChain;

import org.eclipse.emf.common.util.EList;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.InternalEObject;

import org.eclipse.emf.ecore.impl.ENotificationImpl;
import org.eclipse.emf.ecore.impl.MinimalEObjectImpl;

import org.eclipse.emf.ecore.util.EObjectContainmentEList;
import org.eclipse.emf.ecore.util.InternalEList;

import org.tidebox.model.CandidateMode;
import org.tidebox.model.ModelPackage;
import org.tidebox.model.Rule;
import org.tidebox.model.RuleAction;
import org.tidebox.model.RuleList;

/**
 * <!-- begin-user-doc -->
 * An implementation of the model object '<em><b>Rule List</b></em>'.
 * <!-- end-user-doc -->
 * <p>
 * The following features are implemented:
 * </p>
 * <ul>
 *   <li>{@link org.tidebox.model.impl.RuleListImpl#getRules <em>Rules</em>}</li>
 *   <li>{@link org.tidebox.model.impl.RuleListImpl#getOtherwise <em>Otherwise</em>}</li>
 *   <li>{@link org.tidebox.model.impl.RuleListImpl#getCandidates <em>Candidates</em>}</li>
 * </ul>
 *
 * @generated
 */
public class RuleListImpl extends MinimalEObjectImpl.Container implements RuleList {
	/**
	 * The cached value of the '{@link #getRules() <em>Rules</em>}' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getRules()
	 * @generated
	 * @ordered
	 */
	protected EList<Rule> rules;

	/**
	 * The default value of the '{@link #getOtherwise() <em>Otherwise</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getOtherwise()
	 * @generated
	 * @ordered
	 */
	protected static final RuleAction OTHERWISE_EDEFAULT = RuleAction.TRANSFER;

	/**
	 * The cached value of the '{@link #getOtherwise() <em>Otherwise</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getOtherwise()
	 * @generated
	 * @ordered
	 */
	protected RuleAction otherwise = OTHERWISE_EDEFAULT;

	/**
	 * The default value of the '{@link #getCandidates() <em>Candidates</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getCandidates()
	 * @generated
	 * @ordered
	 */
	protected static final CandidateMode CANDIDATES_EDEFAULT = CandidateMode.INDEX;

	/**
	 * The cached value of the '{@link #getCandidates() <em>Candidates</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getCandidates()
	 * @generated
	 * @ordered
	 */
	protected CandidateMode candidates = CANDIDATES_EDEFAULT;

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	protected RuleListImpl() {
		super();
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	protected EClass eStaticClass() {
		return ModelPackage.Literals.RULE_LIST;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EList<Rule> getRules() {
		if (rules == null) {
			rules = new EObjectContainmentEList<Rule>(Rule.class, this, ModelPackage.RULE_LIST__RULES);
		}
		return rules;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public RuleAction getOtherwise() {
		return otherwise;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setOtherwise(RuleAction newOtherwise) {
		RuleAction oldOtherwise = otherwise;
		otherwise = newOtherwise == null ? OTHERWISE_EDEFAULT : newOtherwise;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.RULE_LIST__OTHERWISE, oldOtherwise, otherwise));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public CandidateMode getCandidates() {
		return candidates;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setCandidates(CandidateMode newCandidates) {
		CandidateMode oldCandidates = candidates;
		candidates = newCandidates == null ? CANDIDATES_EDEFAULT : newCandidates;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.RULE_LIST__CANDIDATES, oldCandidates, candidates));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public NotificationChain eInverseRemove(InternalEObject otherEnd, int featureID, NotificationChain msgs) {
		switch (featureID) {
			case ModelPackage.RULE_LIST__RULES:
				return ((InternalEList<?>)getRules()).basicRemove(otherEnd, msgs);
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
			case ModelPackage.RULE_LIST__RULES:
				return getRules();
			case ModelPackage.RULE_LIST__OTHERWISE:
				return getOtherwise();
			case ModelPackage.RULE_LIST__CANDIDATES:
				return getCandidates();
		}
		return super.eGet(featureID, resolve, coreType);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@SuppressWarnings("unchecked")
	@Override
	public void eSet(int featureID, Object newValue) {
		switch (featureID) {
			case ModelPackage.RULE_LIST__RULES:
				getRules().clear();
				getRules().addAll((Collection<? extends Rule>)newValue);
				return;
			case ModelPackage.RULE_LIST__OTHERWISE:
				setOtherwise((RuleAction)newValue);
				return;
			case ModelPackage.RULE_LIST__CANDIDATES:
				setCandidates((CandidateMode)newValue);
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
			case ModelPackage.RULE_LIST__RULES:
				getRules().clear();
				return;
			case ModelPackage.RULE_LIST__OTHERWISE:
				setOtherwise(OTHERWISE_EDEFAULT);
				return;
			case ModelPackage.RULE_LIST__CANDIDATES:
				setCandidates(CANDIDATES_EDEFAULT);
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
			case ModelPackage.RULE_LIST__RULES:
				return rules != null && !rules.isEmpty();
			case ModelPackage.RULE_LIST__OTHERWISE:
				return otherwise != OTHERWISE_EDEFAULT;
			case ModelPackage.RULE_LIST__CANDIDATES:
				return candidates != CANDIDATES_EDEFAULT;
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
		result.append(" (otherwise: ");
		result.append(otherwise);
		result.append(", candidates: ");
		result.append(candidates);
		result.append(')');
		return result.toString();
	}

} //RuleListImpl
