package org.tidebox.control.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Path;

/** Values that travel as text. */
final class TextTypes {
    private TextTypes() {
    }

    static String print(Object value) {
        if (value instanceof Path || value instanceof URI || parserOf(value.getClass()) != null) {
            return value.toString();
        }
        throw new IllegalArgumentException("values of the type " + value.getClass().getName() + " cannot travel");
    }

    static Object parse(String text, Class<?> type) {
        if (type == String.class) {
            return text;
        }
        if (type.isEnum()) {
            return constant(text, type);
        }
        if (type == char[].class) {
            return text.toCharArray();
        }
        if (type == Path.class) {
            return Path.of(text);
        }
        if (type == URI.class) {
            return URI.create(text);
        }
        Method parser = parserOf(type);
        if (parser == null) {
            throw new IllegalArgumentException("values of the type " + type.getName() + " cannot travel");
        }
        try {
            parser.setAccessible(true);
            return parser.invoke(null, text);
        } catch (InvocationTargetException e) {
            throw Reflection.refused(type, e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException("cannot read a " + type.getSimpleName(), e);
        }
    }

    private static Object constant(String text, Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("there is no " + type.getSimpleName() + " '" + text + "'");
    }

    private static Method parserOf(Class<?> type) {
        for (Class<?> parameter : new Class<?>[]{String.class, CharSequence.class}) {
            try {
                Method parse = type.getMethod("parse", parameter);
                if (Modifier.isStatic(parse.getModifiers()) && type.isAssignableFrom(parse.getReturnType())) {
                    return parse;
                }
            } catch (NoSuchMethodException e) {
                // The other parameter type may have it.
                continue;
            }
        }
        return null;
    }
}
