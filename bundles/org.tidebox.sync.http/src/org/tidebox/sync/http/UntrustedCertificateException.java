package org.tidebox.sync.http;

import java.security.cert.CertificateException;

/** The server has shown a certificate that is not the expected one. */
final class UntrustedCertificateException extends CertificateException {
    private static final long serialVersionUID = 1L;
    private final String found;
    private final String expected;

    /**
     * Says which certificate came.
     *
     * @param found its fingerprint
     * @param expected the pinned fingerprint, or {@code null} if the platform's trust decided
     * @param cause why the platform does not trust it, or {@code null}
     */
    UntrustedCertificateException(String found, String expected, Throwable cause) {
        super("certificate with fingerprint " + found + " is not trusted", cause);
        this.found = found;
        this.expected = expected;
    }

    String found() {
        return found;
    }

    String expected() {
        return expected;
    }
}
