package org.tidebox.cli.internal.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.tidebox.cli.internal.text.Words;
import org.tidebox.tree.VisibleText;

/**
 * Writes records, collections, maps and plain values as JSON. By hand, because a general binding library takes longer to load than a
 * command may take in all. Facts that have words are written as these, with the facts themselves beside them.
 */
public final class JsonDocument {
    private static final String KIND = "is";
    /** What a field of facts is called beside the one of their words. */
    private static final String DATA = "Data";

    private JsonDocument() {
    }

    /** Returns a value as one indented JSON document. */
    public static String of(Object value) {
        return of(value, true);
    }

    /** Returns a value as a JSON document on one line. */
    public static String line(Object value) {
        return of(value, false);
    }

    private static String of(Object value, boolean indented) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            if (indented) {
                out.useDefaultPrettyPrinter();
            }
            write(out, value);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return escaped(text.toString());
    }

    /** JSON lets most of what is hidden stand as it is, but a terminal shows the document, too. Line breaks are those between fields. */
    private static String escaped(String json) {
        StringBuilder out = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char sign = json.charAt(i);
            if (VisibleText.isHidden(sign) && sign != '\n' && sign != '\r') {
                out.append(String.format("\\u%04x", (int) sign));
            } else {
                out.append(sign);
            }
        }
        return out.toString();
    }

    private static void write(JsonGenerator out, Object value) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case Boolean bool -> out.writeBoolean(bool);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case Record object -> writeRecord(out, object);
            case Map<?, ?> map -> writeMap(out, map);
            case Collection<?> list -> writeList(out, list);
            default -> out.writeString(value.toString());
        }
    }

    private static void writeRecord(JsonGenerator out, Record object) throws IOException {
        out.writeStartObject();
        if (isFact(object)) {
            out.writeStringField(KIND, object.getClass().getSimpleName());
        }
        for (RecordComponent component : object.getClass().getRecordComponents()) {
            Object value = read(object, component);
            if (isFact(value)) {
                out.writeStringField(component.getName(), Words.of(value));
                out.writeFieldName(component.getName() + DATA);
            } else {
                out.writeFieldName(component.getName());
            }
            write(out, value);
        }
        out.writeEndObject();
    }

    /** One of several kinds of facts, for which there are words. */
    private static boolean isFact(Object value) {
        return value instanceof Record && Words.has(value);
    }

    private static void writeMap(JsonGenerator out, Map<?, ?> map) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeFieldName(entry.getKey().toString());
            write(out, entry.getValue());
        }
        out.writeEndObject();
    }

    private static void writeList(JsonGenerator out, Collection<?> list) throws IOException {
        out.writeStartArray();
        for (Object element : list) {
            write(out, element);
        }
        out.writeEndArray();
    }

    private static Object read(Record object, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot read " + component, e);
        }
    }
}
