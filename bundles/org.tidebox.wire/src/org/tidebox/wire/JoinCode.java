package org.tidebox.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * All that a new device needs to join: one line of text, good for one paste.
 *
 * <p>The text is {@code tidebox-join-} and the base64url form of: a byte 1 (the format), 32 bytes of fingerprint, the
 * length of the URL (2 bytes), the URL and the secret in UTF-8, and the CRC-32 of all before it (4 bytes), by which a
 * slip of the hand is told.
 *
 * @param url where the server is, {@code https://host:port}
 * @param fingerprint SHA-256 of the server's certificate, as 64 lower-case hex digits
 * @param secret proves the invitation, once
 */
public record JoinCode(String url, String fingerprint, String secret) {
    private static final String PREFIX = "tidebox-join-";
    private static final byte FORMAT = 1;
    private static final int FINGERPRINT = 32;
    private static final int CHECKSUM = 4;
    private static final int LONGEST_URL = 2000;
    private static final int SECRET_BYTES = 16;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the URL is not one of http or https, the fingerprint not 64 hex digits, or
     *        the secret too short
     */
    public JoinCode {
        fingerprint = fingerprint.toLowerCase(Locale.ROOT);
        require(url.matches("https?://\\S+") && url.length() <= LONGEST_URL, "its address is not one of a server");
        require(fingerprint.matches("[0-9a-f]{64}"), "its fingerprint is not a SHA-256");
        require(secret.length() >= SECRET_BYTES && secret.length() <= LONGEST_URL, "its secret has a wrong length");
    }

    /** Makes a secret of 128 random bits, as 22 characters of base64url. */
    public static String newSecret(SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns the line of text that somebody pastes. */
    public String text() {
        byte[] address = url.getBytes(StandardCharsets.UTF_8);
        byte[] proof = secret.getBytes(StandardCharsets.UTF_8);
        ByteBuffer code = ByteBuffer.allocate(1 + FINGERPRINT + Short.BYTES + address.length + proof.length + CHECKSUM);
        code.put(FORMAT).put(HexFormat.of().parseHex(fingerprint)).putShort((short) address.length).put(address)
                .put(proof);
        code.putInt(checksum(code.array(), code.position()));
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(code.array());
    }

    /**
     * Reads the text; white space anywhere, as mail programs add it, does no harm.
     *
     * @throws WireException {@code BAD_JOIN_CODE} if it is no join code or was mistyped; says so, without the
     *        secret
     */
    public static JoinCode parse(String text) throws WireException {
        String line = text.replaceAll("\\s+", "");
        if (!line.startsWith(PREFIX)) {
            throw malformed("it does not begin with " + PREFIX);
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(line.substring(PREFIX.length()));
            if (!line.equals(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))) {
                throw malformed("its last character is wrong");
            }
            return decode(bytes);
        } catch (IllegalArgumentException e) {
            throw malformed("it holds characters that no join code has, or a part of it is missing");
        }
    }

    private static JoinCode decode(byte[] bytes) throws WireException {
        int end = bytes.length - CHECKSUM;
        if (end < 1 + FINGERPRINT + Short.BYTES) {
            throw malformed("its end is missing");
        }
        ByteBuffer code = ByteBuffer.wrap(bytes);
        if (code.getInt(end) != checksum(bytes, end)) {
            throw malformed("a character is wrong, or a part of it is missing");
        }
        if (code.get() != FORMAT) {
            throw malformed("it was made by a newer version of Tidebox; update this one");
        }
        byte[] print = new byte[FINGERPRINT];
        code.get(print);
        int split = Short.toUnsignedInt(code.getShort()) + code.position();
        if (split > end) {
            throw malformed("its parts do not fit together");
        }
        try {
            return new JoinCode(utf8(bytes, code.position(), split), HexFormat.of().formatHex(print),
                    utf8(bytes, split, end));
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw malformed("its parts are damaged");
        }
    }

    private static String utf8(byte[] bytes, int from, int to) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException("This is not a join code: " + what);
        }
    }

    private static WireException malformed(String what) {
        return new WireException(ProblemType.BAD_JOIN_CODE, "This is not a join code: " + what
                + "; copy the whole line again as 'tidebox server invite' printed it", null);
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "JoinCode for " + url;
    }
}
