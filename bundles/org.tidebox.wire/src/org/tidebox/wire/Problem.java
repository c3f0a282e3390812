package org.tidebox.wire;

/**
 * An error for a program (RFC 9457).
 *
 * @param type {@code urn:tidebox:problem:} and a {@link ProblemType} in lower case with hyphens
 * @param title the same for all of its type
 * @param status the HTTP status
 * @param detail what happened here and what can be done, for a person
 */
public record Problem(String type, String title, int status, String detail) {
}
