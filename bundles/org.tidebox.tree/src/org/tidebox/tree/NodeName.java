package org.tidebox.tree;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** The rules for the name of one node inside its folder. */
public final class NodeName {
    /** The longest name in bytes of UTF-8: what common file systems can hold. */
    public static final int MAX_BYTES = 255;

    private NodeName() {
    }

    /**
     * Checks a name as it travels and is stored: Unicode NFC, 1 to 255 bytes of UTF-8, no slash, no NUL, not {@code .}
     * or {@code ..}.
     *
     * @return the same name
     * @throws BadNameException if the name breaks a rule; its message says which
     */
    public static String check(String name) throws BadNameException {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new BadNameException(name, "it must not be empty, '.' or '..'");
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            throw new BadNameException(name, "it must not contain '/' or NUL");
        }
        if (utf8Length(name) > MAX_BYTES) {
            throw new BadNameException(name, "it has " + utf8Length(name) + " bytes; " + MAX_BYTES + " are allowed");
        }
        if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            throw new BadNameException(name, "it is not in Unicode normal form C");
        }
        return name;
    }

    /** Returns the name in the form in which it travels: Unicode normal form C. */
    public static String normalize(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private static int utf8Length(String name) throws BadNameException {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name)).remaining();
        } catch (CharacterCodingException e) {
            throw new BadNameException(name, "it has half a surrogate pair");
        }
    }
}
