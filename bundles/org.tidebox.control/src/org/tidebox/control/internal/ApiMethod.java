package org.tidebox.control.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.control.ControlError;
import org.tidebox.control.ControlName;
import org.tidebox.control.OrNull;

/** A method that can be called over the socket, and who does its work. */
record ApiMethod(Method method, Object target) {
    private static final Logger LOG = LoggerFactory.getLogger(ApiMethod.class);

    /** Returns whether a method gives access to another interface instead of asking for something. */
    static boolean isFacet(Method method) {
        return method.getParameterCount() == 0 && method.getReturnType().isAnnotationPresent(ControlName.class);
    }

    /** Calls it with arguments as JSON has them; returns the result as JSON. */
    Object call(Object given) throws CallException {
        List<?> arguments = given instanceof List<?> list ? list : List.of();
        Parameter[] parameters = method.getParameters();
        if (arguments.size() != parameters.length || given != null && !(given instanceof List)) {
            throw new IllegalArgumentException(
                    method.getName() + " takes a list of " + parameters.length + " arguments");
        }
        Object[] values = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            values[i] = value(parameters[i], i, arguments.get(i));
        }
        try {
            return Binding.toJson(method.invoke(target, values));
        } catch (InvocationTargetException e) {
            throw failure(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException("cannot call " + method.getName(), e);
        }
    }

    private Object value(Parameter parameter, int index, Object argument) {
        if (argument == null && !parameter.isAnnotationPresent(OrNull.class)) {
            throw new IllegalArgumentException(method.getName() + " takes " + parameter.getType().getSimpleName()
                    + " as its argument " + (index + 1) + ", got null");
        }
        return Binding.fromJson(argument, parameter.getParameterizedType());
    }

    private CallException failure(Throwable thrown) {
        for (Class<?> declared : method.getExceptionTypes()) {
            if (declared.isInstance(thrown)) {
                return CallException.of(declared.getSimpleName(), thrown);
            }
        }
        if (!(thrown instanceof IllegalArgumentException) && !(thrown instanceof ControlError)) {
            LOG.error("A call of {} failed unexpectedly", method.getName(), thrown);
        }
        return CallException.of(thrown.getClass().getSimpleName(), thrown);
    }
}
