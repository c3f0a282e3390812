package org.tidebox.tree;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
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
    public static final ExtendedAttributes NONE = new ExtendedAttributes(new TreeMap<>());
    /** Most bytes of all attributes of a node together, {@linkplain #encode() encoded}. */
    public static final int MAX_BYTES = 8192;
    /** Most attributes of a node. */
    public static final int MAX_COUNT = 128;
    /** Most bytes of a name in UTF-8. */
    public static final int MAX_NAME = 255;
    private static final int OVERHEAD = 1 + Short.BYTES;

    private final TreeMap<String, byte[]> values;

    private ExtendedAttributes(TreeMap<String, byte[]> values) {
        this.values = values;
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
        TreeMap<String, byte[]> copy = new TreeMap<>();
        long bytes = 0;
        for (Map.Entry<String, byte[]> value : values.entrySet()) {
            bytes += OVERHEAD + checkedName(value.getKey()).length + value.getValue().length;
            copy.put(value.getKey(), value.getValue().clone());
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "extended attributes of " + MAX_BYTES + " bytes together can be kept, there are " + bytes);
        }
        return new ExtendedAttributes(copy);
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

    /**
     * Reads what {@link #encode()} wrote.
     *
     * @throws IllegalArgumentException if the bytes are anything else
     */
    public static ExtendedAttributes decode(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("extended attributes of " + bytes.length + " bytes");
        }
        Map<String, byte[]> values = new HashMap<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        String last = "";
        while (in.hasRemaining()) {
            String name = new String(take(in, Byte.toUnsignedInt(in.get())), StandardCharsets.UTF_8);
            if (name.compareTo(last) <= 0 || in.remaining() < Short.BYTES) {
                throw new IllegalArgumentException("extended attributes are cut short or not in order");
            }
            values.put(name, take(in, Short.toUnsignedInt(in.getShort())));
            last = name;
        }
        return of(values);
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

    /** Returns whether there are none. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Returns the names in order. */
    public SortedSet<String> names() {
        return new TreeSet<>(values.keySet());
    }

    /** Returns a copy of a value; {@code null} if there is none of that name. */
    public byte[] value(String name) {
        byte[] value = values.get(name);
        return value == null ? null : value.clone();
    }

    /** Returns whether both have the same value of a name, or both none. */
    public boolean sameValue(String name, ExtendedAttributes other) {
        return Arrays.equals(values.get(name), other.values.get(name));
    }

    /** Returns the names that do not have the same value in both, in order. */
    public SortedSet<String> differences(ExtendedAttributes other) {
        SortedSet<String> names = names();
        names.addAll(other.values.keySet());
        names.removeIf(name -> sameValue(name, other));
        return names;
    }

    /**
     * Returns attributes with the values of some names taken from others, or gone where those have none.
     *
     * @throws IllegalArgumentException if they are too many together
     */
    public ExtendedAttributes with(Iterable<String> names, ExtendedAttributes others) {
        TreeMap<String, byte[]> merged = new TreeMap<>(values);
        for (String name : names) {
            byte[] value = others.values.get(name);
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
                && values.size() == attributes.values.size() && differences(attributes).isEmpty();
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (Map.Entry<String, byte[]> value : values.entrySet()) {
            hash = 31 * hash + value.getKey().hashCode() + Arrays.hashCode(value.getValue());
        }
        return hash;
    }

    /** Returns the names and the lengths of the values; values may be secrets. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        values.forEach((name, value) -> text.append(text.length() == 1 ? "" : ", ").append(name).append(": ")
                .append(value.length).append(" bytes"));
        return text.append('}').toString();
    }
}
