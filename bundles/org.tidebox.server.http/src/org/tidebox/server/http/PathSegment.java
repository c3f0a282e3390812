package org.tidebox.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** A name in the path of an address (RFC 3986): UTF-8, with percent signs before what has another meaning there. */
final class PathSegment {
    private static final int HEX = 16;

    private PathSegment() {
    }

    /**
     * Decodes a segment strictly, so that no two programs can read two names in it.
     *
     * @throws ProblemException if it is no such name
     */
    static String decode(String raw) throws ProblemException {
        if (raw.equals(".") || raw.equals("..") || raw.indexOf(';') >= 0) {
            throw bad();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < raw.length(); i++) {
            char letter = raw.charAt(i);
            if (letter == '%') {
                bytes.write(octet(raw, i));
                i += 2;
            } else {
                bytes.writeBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            String name = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
            if (name.indexOf('/') >= 0) {
                throw bad();
            }
            return name;
        } catch (CharacterCodingException e) {
            throw bad();
        }
    }

    private static int octet(String raw, int at) throws ProblemException {
        if (at + 2 < raw.length()) {
            int high = Character.digit(raw.charAt(at + 1), HEX);
            int low = Character.digit(raw.charAt(at + 2), HEX);
            if (high >= 0 && low >= 0) {
                return HEX * high + low;
            }
        }
        throw bad();
    }

    private static ProblemException bad() {
        return new ProblemException(ProblemType.BAD_NAME, "The path of the address cannot be used");
    }
}
