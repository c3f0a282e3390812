package org.tidebox.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import org.tidebox.wire.internal.Complaint;
import org.tidebox.wire.internal.Mappers;

/**
 * Turns the records of {@link Messages} and {@code org.tidebox.tree} into JSON or CBOR and back. Both have the same
 * fields; ids are hex digits in JSON and byte strings in CBOR, a recipe and extended attributes in CBOR are their
 * canonical bytes, and fields that are {@code null} and extended attributes where there are none are left out.
 *
 * <p>Reading believes nothing: every field has to be there and of its type, no other field may be, and every node's
 * name keeps the rules.
 */
public final class Codec {
    private Codec() {
    }

    /**
     * Writes a record.
     *
     * @param mediaType {@link Routes#JSON}, {@link Routes#CBOR} or {@link Routes#PROBLEM}
     * @throws IllegalArgumentException if it is none of these, or the record holds what cannot travel
     */
    public static byte[] write(Object message, String mediaType) {
        ObjectMapper mapper = mapper(mediaType);
        if (mapper == null) {
            throw new IllegalArgumentException("records travel as JSON or CBOR, not as " + mediaType);
        }
        try {
            return mapper.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot write " + message.getClass().getSimpleName(), e);
        }
    }

    /**
     * Writes a record into a stream, piece by piece; the stream stays open.
     *
     * @param mediaType as in the other {@code write}
     * @throws IOException if the stream fails
     */
    public static void write(Object message, String mediaType, OutputStream out) throws IOException {
        JsonGenerator generator = mapper(mediaType).createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        try (generator) {
            mapper(mediaType).writeValue(generator, message);
        }
    }

    /**
     * Writes a record whose only field is a list, element by element: as many as may be, none of them is kept.
     *
     * @param mediaType as in {@code write}
     * @param out is closed with the list
     */
    public static ListWriter list(String field, String mediaType, OutputStream out) throws IOException {
        JsonGenerator generator = mapper(mediaType).createGenerator(out);
        generator.writeStartObject();
        generator.writeArrayFieldStart(field);
        return new ListWriter(generator, mapper(mediaType));
    }

    /** A list on its way. */
    public static final class ListWriter implements AutoCloseable {
        private final JsonGenerator generator;
        private final ObjectMapper mapper;

        ListWriter(JsonGenerator generator, ObjectMapper mapper) {
            this.generator = generator;
            this.mapper = mapper;
        }

        /** Writes the next element. */
        public void add(Object element) throws IOException {
            mapper.writeValue(generator, element);
        }

        /** Ends the list and the record. */
        @Override
        public void close() throws IOException {
            generator.writeEndArray();
            generator.writeEndObject();
            generator.close();
        }
    }

    /**
     * Reads a record.
     *
     * @param mediaType as in {@link #write}; parameters behind a semicolon do not matter
     * @throws WireException if the bytes are not such a record; its message is for a person and its type for the answer
     */
    public static <T> T read(byte[] body, Class<T> type, String mediaType) throws WireException {
        try {
            return read(new ByteArrayInputStream(body), type, mediaType, Limits.MAX_MESSAGE);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
    }

    /**
     * Reads a record that takes up the rest of a stream.
     *
     * @param most the most bytes that it may have
     * @throws WireException as in the other {@code read}, and if more bytes come
     * @throws IOException if the stream fails
     */
    public static <T> T read(InputStream body, Class<T> type, String mediaType, int most)
            throws WireException, IOException {
        Portion portion = Portion.atMost(most, body);
        try {
            return parse(portion, type, mediaType);
        } catch (WireException e) {
            throw portion.isExceeded()
                    ? new WireException(ProblemType.TOO_LARGE, "a message of this kind has at most " + most + " bytes",
                            null)
                    : e;
        }
    }

    /** Reads a record from a part of a stream. */
    static <T> T parse(Portion portion, Class<T> type, String mediaType) throws WireException, IOException {
        ObjectMapper mapper = mapper(mediaType);
        if (mapper == null) {
            throw new WireException(ProblemType.UNSUPPORTED_TYPE,
                    "expected " + Routes.JSON + " or " + Routes.CBOR + ", got " + mediaType, null);
        }
        try {
            T message = mapper.readValue(portion, type);
            if (message == null) {
                throw new WireException("cannot read a " + type.getSimpleName() + ": got null");
            }
            return message;
        } catch (IOException | RuntimeException e) {
            portion.throwFailure();
            // If the stream did not fail, it is a matter of the bytes, whatever the parser makes of it.
            throw Complaint.about(type, e);
        }
    }

    /** Returns whether a media type is one that {@link #read} and {@link #write} know. */
    public static boolean supports(String mediaType) {
        return mapper(mediaType) != null;
    }

    private static ObjectMapper mapper(String mediaType) {
        if (mediaType == null) {
            return null;
        }
        int end = mediaType.indexOf(';');
        return switch ((end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT)) {
            case Routes.JSON, Routes.PROBLEM -> Mappers.JSON;
            case Routes.CBOR -> Mappers.CBOR;
            default -> null;
        };
    }
}
