package org.tidebox.control.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.control.OrNull;

/**
 * Answers requests by calling a target. A request is {@code {"id":1,"method":"status","arguments":[…]}}, an answer
 * {@code {"id":1,"result":…}} or {@code {"id":1,"error":{"type":"…","message":"…"}}}.
 */
public final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private final Map<String, Method> methods = new HashMap<>();
    private final Object target;

    /**
     * Serves the methods of an interface.
     *
     * @throws IllegalArgumentException if it is no interface or overloads a method
     */
    public <T> Calls(Class<T> api, T target) {
        if (!api.isInterface()) {
            throw new IllegalArgumentException(api.getName() + " is no interface");
        }
        for (Method method : api.getMethods()) {
            if (methods.put(method.getName(), method) != null) {
                throw new IllegalArgumentException(api.getName() + " has several methods " + method.getName());
            }
            method.setAccessible(true);
        }
        this.target = target;
    }

    /** Answers a line with a line. */
    public byte[] answer(byte[] line) {
        Object id = null;
        try {
            if (!(JsonText.parse(line) instanceof Map<?, ?> request)) {
                throw new IllegalArgumentException("a request is a JSON object");
            }
            id = request.get("id");
            return JsonText.print(message(id, "result", call(request)));
        } catch (IllegalArgumentException e) {
            return error(id, "BadRequest", e.getMessage());
        } catch (CallException e) {
            return error(id, e.type, e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("A request could not be answered", e);
            return error(id, e.getClass().getSimpleName(), messageOf(e));
        }
    }

    /** Makes an error answer; the id may be {@code null} where it is not known. */
    public static byte[] error(Object id, String type, String message) {
        return JsonText.print(message(id, "error", Map.of("type", type, "message", message)));
    }

    private Object call(Map<?, ?> request) throws CallException {
        Method method = methods.get(String.valueOf(request.get("method")));
        if (method == null) {
            throw new CallException("UnknownMethod", "there is no method '" + request.get("method")
                    + "' here; are both sides of the same version?");
        }
        Object given = request.get("arguments");
        List<?> arguments = given instanceof List<?> list ? list : List.of();
        Parameter[] parameters = method.getParameters();
        if (arguments.size() != parameters.length || given != null && !(given instanceof List)) {
            throw new IllegalArgumentException(
                    method.getName() + " takes a list of " + parameters.length + " arguments");
        }
        Object[] values = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            values[i] = value(method, i, arguments.get(i));
        }
        try {
            return Binding.toJson(method.invoke(target, values));
        } catch (InvocationTargetException e) {
            throw failure(method, e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException("cannot call " + method.getName(), e);
        }
    }

    private static Object value(Method method, int index, Object argument) {
        Parameter parameter = method.getParameters()[index];
        if (argument == null && !parameter.isAnnotationPresent(OrNull.class)) {
            throw new IllegalArgumentException(method.getName() + " takes " + parameter.getType().getSimpleName()
                    + " as its argument " + (index + 1) + ", got null");
        }
        return Binding.fromJson(argument, parameter.getParameterizedType());
    }

    private static CallException failure(Method method, Throwable thrown) {
        for (Class<?> declared : method.getExceptionTypes()) {
            if (declared.isInstance(thrown)) {
                return new CallException(declared.getSimpleName(), messageOf(thrown));
            }
        }
        if (!(thrown instanceof IllegalArgumentException)) {
            LOG.error("A call of {} failed unexpectedly", method.getName(), thrown);
        }
        return new CallException(thrown.getClass().getSimpleName(), messageOf(thrown));
    }

    private static String messageOf(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? "it failed (" + thrown.getClass().getSimpleName() + ")" : message;
    }

    private static Map<String, Object> message(Object id, String name, Object value) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put(name, value);
        return message;
    }

    /** What a call ends with instead of a result. */
    private static final class CallException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String type;

        CallException(String type, String message) {
            super(message);
            this.type = type;
        }
    }
}
