package org.tidebox.agent;

import java.util.Objects;

/**
 * A login with account and password.
 *
 * @param url where the server is, {@code https://host:port}
 * @param account the person
 * @param password in clear; kept nowhere
 * @param device how the person calls this installation, or {@code null} for the computer's name
 * @param fingerprint the SHA-256 of the server's certificate in hex, or {@code null} to trust certificate authorities
 */
public record LoginRequest(String url, String account, String password, String device, String fingerprint) {
    /** Refuses what lacks a part that it must have. */
    public LoginRequest {
        Objects.requireNonNull(url);
        Objects.requireNonNull(account);
        Objects.requireNonNull(password);
    }

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return "LoginRequest[url=" + url + ", account=" + account + ", device=" + device + "]";
    }
}
