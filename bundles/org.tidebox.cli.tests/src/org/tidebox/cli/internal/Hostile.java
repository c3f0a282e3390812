package org.tidebox.cli.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tidebox.control.ControlName;

/**
 * Answers every call of an interface with values in which every text is one that somebody chose to do harm on a
 * terminal. What is no text is chosen by a number, so that several rounds see all sides.
 *
 * @param round the number; where it is negative every call fails with such a text
 */
record Hostile(int round) implements InvocationHandler {
    /** A title, a bell, two forged lines, the C1 form of ESC [, and signs that turn what follows around. */
    static final String TEXT = "/data/evil\u001b]0;x\u0007\nFORGED up to date\r\nFORGED\u009b2J\u202e\u2066\u200f\u061c";

    /** Texts that the agent makes itself. */
    private static final List<String> TIMES = List.of("time", "changed", "created", "lastUse");

    <T> T of(Class<T> api) {
        return api.cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[]{api}, this));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getReturnType().isAnnotationPresent(ControlName.class)) {
            return of(method.getReturnType());
        }
        if (round < 0) {
            throw (Throwable) method.getExceptionTypes()[0].getConstructor(String.class).newInstance(TEXT);
        }
        return value(method.getGenericReturnType());
    }

    private Object value(Type type) throws ReflectiveOperationException {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        if (raw == String.class) {
            return TEXT;
        } else if (raw == boolean.class) {
            return round % 2 == 0;
        } else if (raw == int.class) {
            return round;
        } else if (raw == long.class) {
            return 5_000L * round;
        } else if (raw == Instant.class) {
            return Instant.EPOCH;
        } else if (raw.isEnum()) {
            return raw.getEnumConstants()[round % raw.getEnumConstants().length];
        } else if (raw == List.class) {
            return List.of(value(((ParameterizedType) type).getActualTypeArguments()[0]));
        } else if (raw == Map.class) {
            return Map.of(TEXT, value(((ParameterizedType) type).getActualTypeArguments()[1]));
        }
        return raw.isSealed() ? record(raw.getPermittedSubclasses()[0]) : raw.isRecord() ? record(raw) : null;
    }

    private Object record(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = TIMES.contains(components[i].getName())
                    ? "2026-01-31T12:00:00Z"
                    : value(components[i].getGenericType());
        }
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }
}
