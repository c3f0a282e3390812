package org.tidebox.fuzz.tests;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Cuts an input into the parts that a target needs. Where nothing is left there are zeros and empty parts. */
final class Draw {
    private final byte[] input;
    private int at;

    Draw(byte[] input) {
        this.input = input;
    }

    /** Returns one byte, 0 to 255. */
    int next() {
        return at < input.length ? Byte.toUnsignedInt(input[at++]) : 0;
    }

    boolean isEmpty() {
        return at >= input.length;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(next() % choices.size());
    }

    /** Returns some bytes, as many as the next byte says. */
    byte[] some() {
        return take(next());
    }

    /** Returns some bytes, as many as the next two bytes say. */
    byte[] many() {
        return take(next() << Byte.SIZE | next());
    }

    /** Returns all that is left. */
    byte[] rest() {
        return take(input.length);
    }

    /** Returns all that is left as text, one character for each byte that is no UTF-8. */
    String text() {
        return new String(rest(), StandardCharsets.UTF_8);
    }

    private byte[] take(int length) {
        int from = Math.min(at, input.length);
        at = Math.min(input.length, from + length);
        return Arrays.copyOfRange(input, from, at);
    }
}
