package org.tidebox.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The SHA-256 of a certificate's DER form, by which people and devices know a server.
 *
 * @param hex 64 lower-case hex digits
 */
public record CertificateFingerprint(String hex) {
    /**
     * Checks the digits.
     *
     * @throws IllegalArgumentException if it is anything but 64 lower-case hex digits
     */
    public CertificateFingerprint {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "a certificate fingerprint has 64 hex digits (SHA-256), got '" + hex + "'");
        }
    }

    /** Returns the fingerprint of a certificate. */
    public static CertificateFingerprint of(Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new CertificateFingerprint(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate has no encoded form", e);
        }
    }

    /**
     * Reads what a person copied: upper or lower case, with or without colons or blanks between the digits.
     *
     * @throws IllegalArgumentException if it is no SHA-256; the message is for a person
     */
    public static CertificateFingerprint parse(String text) {
        return new CertificateFingerprint(text.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return hex;
    }
}
