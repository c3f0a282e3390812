package org.tidebox.control.internal;

import java.math.BigInteger;

/** Numbers of all widths. */
final class NumberTypes {
    private NumberTypes() {
    }

    /** Converts a number that JSON holds, without loss for whole types. */
    static Object convert(Number number, Class<?> type) {
        if (type == double.class || type == Double.class) {
            return number.doubleValue();
        }
        if (type == float.class || type == Float.class) {
            return number.floatValue();
        }
        if (number instanceof BigInteger || number instanceof Double) {
            throw new IllegalArgumentException("expected a whole number of at most 64 bits, got " + number);
        }
        long value = number.longValue();
        if (type == long.class || type == Long.class || type == Number.class) {
            return value;
        }
        if (type == int.class || type == Integer.class) {
            if (value != (int) value) {
                throw new IllegalArgumentException("expected a whole number of at most 32 bits, got " + number);
            }
            return (int) value;
        }
        throw new IllegalArgumentException("values of the type " + type.getSimpleName() + " cannot travel");
    }
}
