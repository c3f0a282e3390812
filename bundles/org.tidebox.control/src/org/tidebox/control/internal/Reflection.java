package org.tidebox.control.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** Making values whose constructors may refuse. */
final class Reflection {
    private Reflection() {
    }

    /**
     * Calls a constructor.
     *
     * @throws IllegalArgumentException with the constructor's own message if it refuses
     */
    static <T> T make(Class<T> type, Class<?>[] parameters, Object... values) {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw refused(type, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot make a " + type.getSimpleName(), e);
        }
    }

    static IllegalArgumentException refused(Class<?> type, Throwable cause) {
        String why = cause instanceof NullPointerException || cause.getMessage() == null
                ? "a part is missing"
                : cause.getMessage();
        return new IllegalArgumentException("not a valid " + type.getSimpleName() + ": " + why, cause);
    }
}
