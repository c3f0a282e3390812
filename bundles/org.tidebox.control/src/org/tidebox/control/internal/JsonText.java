package org.tidebox.control.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as maps, lists, texts, numbers, booleans and {@code null}. */
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {
    }

    /**
     * Reads one value.
     *
     * @throws IllegalArgumentException if it is not exactly that; the message is for a person
     */
    public static Object parse(byte[] text) {
        try (JsonParser in = FACTORY.createParser(text)) {
            in.nextToken();
            Object value = read(in);
            if (in.nextToken() != null) {
                throw new IllegalArgumentException("a line holds more than one JSON value");
            }
            return value;
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null ? "" : " near column " + e.getLocation().getColumnNr();
            throw new IllegalArgumentException("a line is not well-formed JSON" + place, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("a line is not well-formed JSON", e);
        }
    }

    /** Writes one value on one line. */
    public static byte[] print(Object value) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            write(value, out);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write this as JSON: " + e.getMessage(), e);
        }
        return text.toByteArray();
    }

    private static Object read(JsonParser in) throws IOException {
        if (in.currentToken() == null) {
            throw new IllegalArgumentException("a line holds no JSON value");
        }
        return switch (in.currentToken()) {
            case START_OBJECT -> readMap(in);
            case START_ARRAY -> readList(in);
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalArgumentException("unexpected " + in.currentToken());
        };
    }

    private static Map<String, Object> readMap(JsonParser in) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            map.put(name, read(in));
        }
        return map;
    }

    private static List<Object> readList(JsonParser in) throws IOException {
        List<Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(in));
        }
        return list;
    }

    private static void write(Object value, JsonGenerator out) throws IOException {
        switch (value) {
            case Map<?, ?> map -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.writeFieldName((String) entry.getKey());
                    write(entry.getValue(), out);
                }
                out.writeEndObject();
            }
            case List<?> list -> {
                out.writeStartArray();
                for (Object element : list) {
                    write(element, out);
                }
                out.writeEndArray();
            }
            case null -> out.writeNull();
            case String text -> out.writeString(text);
            case Boolean bool -> out.writeBoolean(bool);
            case Double real -> out.writeNumber(real);
            case BigInteger large -> out.writeNumber(large);
            case Number whole -> out.writeNumber(whole.longValue());
            default -> throw new IllegalArgumentException(value.getClass().getName() + " is no JSON value");
        }
    }
}
