package org.tidebox.remote;

import java.net.URI;
import java.util.Objects;
import org.tidebox.wire.CertificateFingerprint;

/**
 * Where a server is, and how to know that it is the right one.
 *
 * @param uri {@code https://host[:port]} without anything behind it
 * @param fingerprint the SHA-256 of its certificate as 64 lower-case hex digits; {@code null} to trust whom this
 *        machine trusts
 */
public record ServerAddress(URI uri, String fingerprint) {
    /**
     * Checks the address and brings both parts into their one form.
     *
     * @throws IllegalArgumentException if a part is not what it has to be; the message is for a person
     */
    public ServerAddress {
        Objects.requireNonNull(uri);
        boolean plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null
                && (uri.getRawPath() == null || uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
        if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || !plain) {
            throw new IllegalArgumentException("a server's address looks like https://host:port, got '" + uri + "'");
        }
        uri = URI.create("https://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
        fingerprint = fingerprint == null ? null : CertificateFingerprint.parse(fingerprint).hex();
    }

    /**
     * Reads what a person typed; {@code https://} may be left out.
     *
     * @param fingerprint hex digits, with or without colons; or {@code null}
     * @throws IllegalArgumentException if it is no address or no fingerprint; the message is for a person
     */
    public static ServerAddress parse(String url, String fingerprint) {
        String text = url.strip();
        try {
            return new ServerAddress(URI.create(text.contains("://") ? text : "https://" + text), fingerprint);
        } catch (IllegalArgumentException e) {
            throw e.getCause() == null
                    ? e
                    : new IllegalArgumentException(
                            "a server's address looks like https://host:port, got '" + url + "'", e);
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
