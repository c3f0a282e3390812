package org.tidebox.tree;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Small named values that programs and people attach to a file or folder: the extended attributes of the user's
 * namespace, without its prefix. Immutable. Small enough for a thousand nodes that have them to fit into one message.
 */
public final class ExtendedAttributes {
    /** No attributes. */
    public static final ExtendedAttributes NONE = new ExtendedAttributes(new byte[0]);
    /** Most bytes of all attributes of a node together, {@linkplain #encode() encoded}. */
    public static final int MAX_BYTES = 8192;
    /** Most attributes of a node. */
    public static final int MAX_COUNT = 128;
    /** Most bytes of a name in UTF-8. */
    public static final int MAX_NAME = 255;
    private static final int OVERHEAD = 1 + Short.BYTES;

    /** Kept as they travel: as objects they would take up to thirty times as much. */
    private final byte[] encoded;

    private ExtendedAttributes(byte[] encoded) {
        this.encoded = encoded;
    }

    /**
     * Makes attributes of copies of values by name.
     *
     * @throws IllegalArgumentException if there are too many, or a name has not 1 to {@link #MAX_NAME} bytes of text
     *         without NUL; its message says so for a person
     */
    public static ExtendedAttributes of(Map<String, byte[]> values) {
        if (values.isEmpty()) {
            return NONE;
        }
        if (values.size() > MAX_COUNT) {
            throw new IllegalArgumentException(
                    "at most " + MAX_COUNT + " extended attributes can be kept, there are " + values.size());
        }
        long bytes = 0;
        for (Map.Entry<String, byte[]> value : values.entrySet()) {
            bytes += OVERHEAD + checkedName(value.getKey()).length + value.getValue().length;
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "extended attributes of " + MAX_BYTES + " bytes together can be kept, there are " + bytes);
        }
        return new ExtendedAttributes(encode(new TreeMap<>(values)));
    }

    private static byte[] encode(TreeMap<String, byte[]> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        values.forEach((name, value) -> {
            byte[] text = utf8(name);
            out.write(text.length);
            out.writeBytes(text);
            out.write(value.length >> Byte.SIZE);
            out.write(value.length);
            out.writeBytes(value);
        });
        return out.toByteArray();
    }

    private static byte[] checkedName(String name) {
        byte[] bytes = utf8(name);
        if (bytes.length == 0 || bytes.length > MAX_NAME || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the name of an extended attribute has 1 to " + MAX_NAME
                    + " bytes and no NUL, got " + bytes.length + " bytes");
        }
        return bytes;
    }

    private static byte[] utf8(String name) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
            return Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the name of an extended attribute is no text", e);
        }
    }

    private static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the name of an extended attribute is no text", e);
        }
    }

    /**
     * Reads what {@link #encode()} wrote.
     *
     * @throws IllegalArgumentException if the bytes are anything else
     */
    public static ExtendedAttributes decode(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("extended attributes of " + bytes.length + " bytes");
        }
        return of(values(bytes));
    }

    private static TreeMap<String, byte[]> values(byte[] bytes) {
        TreeMap<String, byte[]> values = new TreeMap<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        String last = "";
        while (in.hasRemaining()) {
            String name = text(take(in, Byte.toUnsignedInt(in.get())));
            if (name.compareTo(last) <= 0 || in.remaining() < Short.BYTES) {
                throw new IllegalArgumentException("extended attributes are cut short or not in order");
            }
            values.put(name, take(in, Short.toUnsignedInt(in.getShort())));
            last = name;
        }
        return values;
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new IllegalArgumentException("extended attributes are cut short");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /**
     * Returns the canonical bytes: for each attribute, by name, the name's length (1 byte), the name in UTF-8, the
     * value's length (2 bytes, big endian) and the value. No attributes are no bytes.
     */
    public byte[] encode() {
        return encoded.clone();
    }

    /** Returns how many bytes {@link #encode()} returns. */
    public int length() {
        return encoded.length;
    }

    /** Returns whether there are none. */
    public boolean isEmpty() {
        return encoded.length == 0;
    }

    /** Returns the names in order. */
    public SortedSet<String> names() {
        return new TreeSet<>(values(encoded).keySet());
    }

    /** Returns a copy of a value; {@code null} if there is none of that name. */
    public byte[] value(String name) {
        return values(encoded).get(name);
    }

    /** Returns whether both have the same value of a name, or both none. */
    public boolean sameValue(String name, ExtendedAttributes other) {
        return Arrays.equals(value(name), other.value(name));
    }

    /** Returns the names that do not have the same value in both, in order. */
    public SortedSet<String> differences(ExtendedAttributes other) {
        Map<String, byte[]> own = values(encoded);
        Map<String, byte[]> others = values(other.encoded);
        SortedSet<String> names = new TreeSet<>(own.keySet());
        names.addAll(others.keySet());
        names.removeIf(name -> Arrays.equals(own.get(name), others.get(name)));
        return names;
    }

    /**
     * Returns attributes with the values of some names taken from others, or gone where those have none.
     *
     * @throws IllegalArgumentException if they are too many together
     */
    public ExtendedAttributes with(Iterable<String> names, ExtendedAttributes others) {
        TreeMap<String, byte[]> merged = values(encoded);
        Map<String, byte[]> theirs = values(others.encoded);
        for (String name : names) {
            byte[] value = theirs.get(name);
            if (value == null) {
                merged.remove(name);
            } else {
                merged.put(name, value);
            }
        }
        return of(merged);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof ExtendedAttributes attributes
                && Arrays.equals(encoded, attributes.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    /** Returns the names and the lengths of the values; values may be secrets. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        values(encoded).forEach((name, value) -> text.append(text.length() == 1 ? "" : ", ").append(name).append(": ")
                .append(value.length).append(" bytes"));
        return text.append('}').toString();
    }
}
