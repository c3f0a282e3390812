package org.tidebox.control.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Map;
import org.tidebox.control.ControlError;
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
        boolean permanent = !Boolean.FALSE.equals(error.get("permanent"));
        boolean mayControl = false;
        for (Class<?> declared : method.getExceptionTypes()) {
            mayControl |= declared.isAssignableFrom(ControlException.class);
            if (declared.getSimpleName().equals(type)) {
                Throwable made = make(declared, message, permanent, error.get("data"));
                if (made != null) {
                    return made;
                }
            }
        }
        return mayControl
                ? new ControlException(type, message, permanent, null)
                : new ControlFailure(type, message, permanent, null);
    }

    private static Throwable make(Class<?> type, String message, boolean permanent, Object data) {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            Class<?>[] parameters = constructor.getParameterTypes();
            if (ControlError.class.isAssignableFrom(type) && parameters.length == 3 && parameters[0] == String.class
                    && parameters[1] == boolean.class && !Throwable.class.isAssignableFrom(parameters[2])) {
                return (Throwable) Reflection.make(type, parameters, message, permanent,
                        Binding.fromJson(data, parameters[2]));
            }
        }
        try {
            type.getDeclaredConstructor(String.class);
            return (Throwable) Reflection.make(type, new Class<?>[]{String.class}, message);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
