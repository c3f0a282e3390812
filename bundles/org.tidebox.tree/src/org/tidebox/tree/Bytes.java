package org.tidebox.tree;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable byte string with value equality: the common ground of all ids. */
abstract class Bytes implements Comparable<Bytes> {
    private final byte[] value;

    Bytes(byte[] value, int length, String what) {
        if (value.length != length) {
            throw new IllegalArgumentException(what + " needs " + length + " bytes, got " + value.length);
        }
        this.value = value.clone();
    }

    static byte[] parseHex(String hex, int length, String what) {
        if (hex.length() != 2 * length) {
            throw new IllegalArgumentException(what + " needs " + 2 * length + " hex digits, got " + hex.length());
        }
        return HexFormat.of().parseHex(hex);
    }

    /** Returns a copy of the bytes. */
    public final byte[] toBytes() {
        return value.clone();
    }

    /** Returns the bytes as lower-case hex digits. */
    public final String toHex() {
        return HexFormat.of().formatHex(value);
    }

    @Override
    public final int compareTo(Bytes other) {
        return Arrays.compareUnsigned(value, other.value);
    }

    @Override
    public final boolean equals(Object other) {
        return other != null && other.getClass() == getClass() && Arrays.equals(value, ((Bytes) other).value);
    }

    @Override
    public final int hashCode() {
        // Ids are random or hashes, so any four bytes spread well; the last ones differ even in hand-made test ids.
        int n = value.length;
        return value[n - 1] & 0xff | (value[n - 2] & 0xff) << 8 | (value[n - 3] & 0xff) << 16 | value[n - 4] << 24;
    }

    @Override
    public final String toString() {
        return toHex();
    }
}
