package org.tidebox.control.internal;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Between typed values and what {@link JsonText} reads and writes. Components that a record does not know are passed
 * over, and such as are not there are {@code null}, 0 or {@code false}: host and caller may be of different versions.
 */
public final class Binding {
    private Binding() {
    }

    /**
     * Takes a value apart.
     *
     * @throws IllegalArgumentException if it is of a type that cannot travel
     */
    public static Object toJson(Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean bool -> bool;
            case Float real -> real.doubleValue();
            case Number number -> number;
            case Enum<?> constant -> constant.name();
            case char[] secret -> new String(secret);
            case Optional<?> optional -> toJson(optional.orElse(null));
            case Record record -> recordToJson(record);
            case Map<?, ?> map -> {
                Map<String, Object> json = new LinkedHashMap<>();
                map.forEach((key, element) -> json.put((String) toJson(key), toJson(element)));
                yield json;
            }
            case Collection<?> elements -> {
                List<Object> json = new ArrayList<>(elements.size());
                elements.forEach(element -> json.add(toJson(element)));
                yield json;
            }
            default -> TextTypes.print(value);
        };
    }

    /**
     * Puts a value together.
     *
     * @throws IllegalArgumentException if the JSON does not fit the type, or the type cannot travel; the message is for
     *        a person
     */
    public static Object fromJson(Object json, Type type) {
        Class<?> raw = rawOf(type);
        if (raw == Optional.class) {
            return Optional.ofNullable(fromJson(json, argumentOf(type, 0)));
        }
        if (json == null) {
            return raw.isPrimitive() && raw != void.class ? Array.get(Array.newInstance(raw, 1), 0) : null;
        }
        if (raw == Object.class) {
            return json;
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return expect(Boolean.class, json, raw);
        }
        if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
            return NumberTypes.convert(expect(Number.class, json, raw), raw);
        }
        if (raw.isSealed() && raw.isInterface()) {
            return fromJson(json, SealedTypes.of(expect(Map.class, json, raw), raw));
        }
        if (raw.isRecord()) {
            return recordFromJson(expect(Map.class, json, raw), raw);
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return collection(expect(List.class, json, raw), raw, argumentOf(type, 0));
        }
        if (Map.class.isAssignableFrom(raw)) {
            Map<Object, Object> map = new LinkedHashMap<>();
            Map<?, ?> entries = expect(Map.class, json, raw);
            entries.forEach((key, element) -> map.put(
                    fromJson(key, argumentOf(type, 0)), fromJson(element, argumentOf(type, 1))));
            return Collections.unmodifiableMap(map);
        }
        return TextTypes.parse(expect(String.class, json, raw), raw);
    }

    private static Object collection(List<?> json, Class<?> raw, Type elementType) {
        Collection<Object> elements = Set.class.isAssignableFrom(raw) ? new LinkedHashSet<>() : new ArrayList<>();
        for (Object element : json) {
            if (element == null) {
                throw new IllegalArgumentException("expected a list of values, got null in it");
            }
            elements.add(fromJson(element, elementType));
        }
        return elements instanceof Set<Object> set
                ? Collections.unmodifiableSet(set)
                : Collections.unmodifiableList((List<Object>) elements);
    }

    private static Map<String, Object> recordToJson(Record record) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (SealedTypes.isOneOf(record.getClass())) {
            json.put(SealedTypes.NAME, record.getClass().getSimpleName());
        }
        try {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                Object value = toJson(component.getAccessor().invoke(record));
                if (value != null) {
                    json.put(component.getName(), value);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot read " + record.getClass().getName(), e);
        }
        return json;
    }

    private static Object recordFromJson(Map<?, ?> json, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = fromJson(json.get(components[i].getName()), components[i].getGenericType());
        }
        return Reflection.make(type, types, values);
    }

    private static <T> T expect(Class<T> expected, Object json, Class<?> type) {
        if (!expected.isInstance(json)) {
            throw new IllegalArgumentException("expected a value for " + type.getSimpleName() + ", got another type");
        }
        return expected.cast(json);
    }

    private static Class<?> rawOf(Type type) {
        if (type instanceof Class<?> raw) {
            return raw;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        throw new IllegalArgumentException("values of the type " + type + " cannot travel");
    }

    private static Type argumentOf(Type type, int index) {
        return type instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[index]
                : Object.class;
    }
}
