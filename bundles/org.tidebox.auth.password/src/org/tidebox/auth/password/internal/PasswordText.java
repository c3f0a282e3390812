package org.tidebox.auth.password.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import org.tidebox.auth.AuthException;

/** Turns a typed password into the bytes to hash: NFKC, so that every keyboard and system gives the same, in UTF-8. */
public final class PasswordText {
    /** The fewest characters (code points) of a new password. */
    public static final int LEAST = 8;
    /** The most characters of a password. */
    public static final int MOST = 1024;

    private PasswordText() {
    }

    /**
     * Returns the bytes of a password to check; the caller wipes them.
     *
     * @throws AuthException {@code WRONG_CREDENTIALS} if no password can be this text
     */
    public static byte[] toCheck(char[] typed) throws AuthException {
        try {
            return typed.length > MOST ? reject() : bytes(normalised(typed));
        } catch (CharacterCodingException e) {
            throw AuthException.wrongCredentials();
        }
    }

    /**
     * Returns the bytes of a new password; the caller wipes them.
     *
     * @throws AuthException {@code WEAK_SECRET} if it breaks the rules
     */
    public static byte[] toEnrol(char[] typed) throws AuthException {
        if (typed.length > MOST) {
            throw weak("has more than " + MOST + " characters");
        }
        CharSequence text = normalised(typed);
        long length = text.codePoints().count();
        if (length < LEAST) {
            throw weak("has " + length + " characters, expected at least " + LEAST);
        }
        try {
            return bytes(text);
        } catch (CharacterCodingException e) {
            throw weak("holds half a character (an unpaired surrogate)");
        }
    }

    /** Text that is normal already, as nearly all is, never becomes a string that could not be wiped. */
    private static CharSequence normalised(char[] typed) {
        CharBuffer text = CharBuffer.wrap(typed);
        return Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    private static byte[] bytes(CharSequence text) throws CharacterCodingException {
        // Large enough from the start: an encoder that grows its buffer leaves the smaller one behind.
        ByteBuffer buffer = ByteBuffer.allocate(3 * text.length());
        CoderResult result = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text), buffer, true);
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
        Arrays.fill(buffer.array(), (byte) 0);
        if (result.isError()) {
            result.throwException();
        }
        return bytes;
    }

    private static byte[] reject() throws AuthException {
        throw AuthException.wrongCredentials();
    }

    private static AuthException weak(String what) {
        return new AuthException(AuthException.Reason.WEAK_SECRET, "The password " + what + "; choose another one");
    }
}
