package org.tidebox.control.internal;

import java.lang.reflect.Method;
import java.util.Map;
import org.tidebox.control.ControlException;
import org.tidebox.control.ControlFailure;

/** Makes an exception out of an error answer again. */
final class Thrown {
    private Thrown() {
    }

    /**
     * Returns what the method may throw: the class it declares if that can be made, else {@link ControlException} if
     * declared, else a failure.
     */
    static Throwable of(Method method, Map<?, ?> error) {
        String type = String.valueOf(error.get("type"));
        String message = String.valueOf(error.get("message"));
        boolean mayControl = false;
        for (Class<?> declared : method.getExceptionTypes()) {
            mayControl |= declared.isAssignableFrom(ControlException.class);
            if (declared.getSimpleName().equals(type) && hasTextConstructor(declared)) {
                return (Throwable) Reflection.make(declared, new Class<?>[]{String.class}, message);
            }
        }
        return mayControl ? new ControlException(type, message, null) : new ControlFailure(type, message, null);
    }

    private static boolean hasTextConstructor(Class<?> type) {
        try {
            type.getDeclaredConstructor(String.class);
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
