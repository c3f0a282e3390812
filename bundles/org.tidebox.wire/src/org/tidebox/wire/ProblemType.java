package org.tidebox.wire;

import java.util.Locale;

/** The errors of the protocol. */
public enum ProblemType {
    /** The request cannot be read. */
    BAD_REQUEST(400, "The request cannot be understood", true),
    /** A name or path breaks the rules. */
    BAD_NAME(400, "A name cannot be used", true),
    /** A chunk's bytes are not what its id or lengths say. */
    BAD_CHUNK(400, "A chunk is damaged", false),
    /** No token, or one that is worth nothing. */
    NOT_LOGGED_IN(401, "Not logged in", true),
    /** Wrong account or password. */
    WRONG_CREDENTIALS(401, "Wrong account or password", true),
    /** The join code was used, has expired, or never was. */
    BAD_JOIN_CODE(401, "The join code is not valid", true),
    /** The token has expired. */
    TOKEN_EXPIRED(401, "The login has expired", true),
    /** The account is disabled. */
    DISABLED(403, "The account is disabled", true),
    /** It is not there, or not yours. */
    NOT_FOUND(404, "Not found", true),
    /** The method does not fit the path. */
    METHOD_NOT_ALLOWED(405, "Method not allowed", true),
    /** The library's history is not the one that the device has seen. */
    SET_BACK(409, "The library was set back to an older state", true),
    /** A patch builds on a chunk that is not there (any more): the device sends the chunk whole. */
    BASE_GONE(409, "A chunk that a patch builds on is not there", false),
    /** More than a request may hold. */
    TOO_LARGE(413, "The request is too large", true),
    /** The media type is not one that the path takes. */
    UNSUPPORTED_TYPE(415, "Unsupported media type", true),
    /** The content does not have the bytes that were asked for. */
    BAD_RANGE(416, "There are no such bytes", true),
    /** Too many failed attempts. */
    TOO_MANY_ATTEMPTS(429, "Too many failed attempts", false),
    /** The account or address has too many connections, requests or unread answers at once, or holds too much memory. */
    BUSY(429, "Too much at once", false),
    /** Something went wrong in the server; its log knows more. */
    INTERNAL(500, "The server failed", false),
    /** The server is starting, stopping, or exchanging a part. */
    UNAVAILABLE(503, "The server is not ready", false),
    /** The account's quota is used up. */
    QUOTA_EXCEEDED(507, "The quota is used up", false),
    /** The server's disk is full. */
    STORE_FULL(507, "The server's disk is full", false);

    private static final String PREFIX = "urn:tidebox:problem:";
    private final int status;
    private final String title;
    private final boolean permanent;

    ProblemType(int status, String title, boolean permanent) {
        this.status = status;
        this.title = title;
        this.permanent = permanent;
    }

    /** Returns whether the same request cannot succeed later. */
    public boolean isPermanent() {
        return permanent;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Makes a problem of this type. */
    public Problem because(String detail) {
        return new Problem(PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-'), title, status, detail);
    }

    /** Returns the type of a problem; {@code INTERNAL} for one that is not known here. */
    public static ProblemType of(Problem problem) {
        for (ProblemType type : values()) {
            if (type.because("").type().equals(problem.type())) {
                return type;
            }
        }
        return INTERNAL;
    }
}
