/**
 */
package org.tidebox.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.eclipse.emf.common.util.Enumerator;

/**
 * <!-- begin-user-doc -->
 * A representation of the literals of the enumeration '<em><b>Candidate Mode</b></em>',
 * and utility methods for working with them.
 * <!-- end-user-doc -->
 * <!-- begin-model-doc -->
 * How candidates for a transfer are found.
 * <!-- end-model-doc -->
 * @see org.tidebox.model.ModelPackage#getCandidateMode()
 * @model
 * @generated
 */
public enum CandidateMode implements Enumerator {
	/**
	 * The '<em><b>INDEX</b></em>' literal object.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * By comparing the indexes of both sides.
	 * <!-- end-model-doc -->
	 * @see #INDEX_VALUE
	 * @generated
	 * @ordered
	 */
	INDEX(0, "INDEX", "index"),

	/**
	 * The '<em><b>SINCE TRANSFER</b></em>' literal object.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * What was stored since the last transfer.
	 * <!-- end-model-doc -->
	 * @see #SINCE_TRANSFER_VALUE
	 * @generated
	 * @ordered
	 */
	SINCE_TRANSFER(1, "SINCE_TRANSFER", "since-transfer");

	/**
	 * The '<em><b>INDEX</b></em>' literal value.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * By comparing the indexes of both sides.
	 * <!-- end-model-doc -->
	 * @see #INDEX
	 * @model literal="index"
	 * @generated
	 * @ordered
	 */
	public static final int INDEX_VALUE = 0;

	/**
	 * The '<em><b>SINCE TRANSFER</b></em>' literal value.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * What was stored since the last transfer.
	 * <!-- end-model-doc -->
	 * @see #SINCE_TRANSFER
	 * @model literal="since-transfer"
	 * @generated
	 * @ordered
	 */
	public static final int SINCE_TRANSFER_VALUE = 1;

	/**
	 * An array of all the '<em><b>Candidate Mode</b></em>' enumerators.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	private static final CandidateMode[] VALUES_ARRAY =
		new CandidateMode[] {
			INDEX,
			SINCE_TRANSFER,
		};

	/**
	 * A public read-only list of all the '<em><b>Candidate Mode</b></em>' enumerators.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	public static final List<CandidateMode> VALUES = Collections.unmodifiableList(Arrays.asList(VALUES_ARRAY));

	/**
	 * Returns the '<em><b>Candidate Mode</b></em>' literal with the specified literal value.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param literal the literal.
	 * @return the matching enumerator or <code>null</code>.
	 * @generated
	 */
	public static CandidateMode get(String literal) {
		for (int i = 0; i < VALUES_ARRAY.length; ++i) {
			CandidateMode result = VALUES_ARRAY[i];
			if (result.toString().equals(literal)) {
				return result;
			}
		}
		return null;
	}

	/**
	 * Returns the '<em><b>Candidate Mode</b></em>' literal with the specified name.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param name the name.
	 * @return the matching enumerator or <code>null</code>.
	 * @generated
	 */
	public static CandidateMode getByName(String name) {
		for (int i = 0; i < VALUES_ARRAY.length; ++i) {
			CandidateMode result = VALUES_ARRAY[i];
			if (result.getName().equals(name)) {
				return result;
			}
		}
		return null;
	}

	/**
	 * Returns the '<em><b>Candidate Mode</b></em>' literal with the specified integer value.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the integer value.
	 * @return the matching enumerator or <code>null</code>.
	 * @generated
	 */
	public static CandidateMode get(int value) {
		switch (value) {
			case INDEX_VALUE: return INDEX;
			case SINCE_TRANSFER_VALUE: return SINCE_TRANSFER;
		}
		return null;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	private final int value;

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	private final String name;

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	private final String literal;

	/**
	 * Only this class can construct instances.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	private CandidateMode(int value, String name, String literal) {
		this.value = value;
		this.name = name;
		this.literal = literal;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public int getValue() {
	  return value;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public String getName() {
	  return name;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public String getLiteral() {
	  return literal;
	}

	/**
	 * Returns the literal value of the enumerator, which is its string representation.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public String toString() {
		return literal;
	}

} //CandidateMode
