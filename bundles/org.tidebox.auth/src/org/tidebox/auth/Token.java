package org.tidebox.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What a device shows with each request: 256 random bits, as text {@code tb1_} and 43 characters of base64url.
 *
 * <p>The server stores the {@linkplain #hash() hash} only and looks tokens up by it. Comparing in constant time is not
 * needed: an attacker who measures how far a look-up got learns of hashes, and cannot find a token for a hash; a plain
 * hash will do, since nobody can guess 256 random bits. Never prints its text.
 */
public final class Token {
    private static final String PREFIX = "tb1_";
    private static final int BYTES = 32;

    private final String text;

    private Token(String text) {
        this.text = text;
    }

    /** Makes a new token. */
    public static Token random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Token(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * Reads a token's text.
     *
     * @throws AuthException {@code WRONG_CREDENTIALS} if it is none; says what is wrong, without the text
     */
    public static Token parse(String text) throws AuthException {
        if (!text.startsWith(PREFIX)) {
            throw malformed("it does not begin with " + PREFIX);
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
            if (bytes.length != BYTES) {
                throw malformed("it has " + 8 * bytes.length + " bits instead of " + 8 * BYTES);
            }
            // The decoder forgives spare bits and padding; one token has one text only.
            if (!text.equals(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))) {
                throw malformed("its last character is wrong");
            }
            return new Token(text);
        } catch (IllegalArgumentException e) {
            throw malformed("it holds characters that no token has");
        }
    }

    /** Returns the text that the device keeps and shows. */
    public String text() {
        return text;
    }

    /** Returns the SHA-256 of the text as 64 hex digits, for storage. */
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Token token && token.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "Token " + hash().substring(0, 8);
    }

    private static AuthException malformed(String what) {
        return new AuthException(AuthException.Reason.WRONG_CREDENTIALS, "This is not a device token: " + what
                + "; log in or join again");
    }
}
