package org.tidebox.server.admin;

/**
 * A part of a file's content.
 *
 * @param version the sequence of the version that it belongs to
 * @param size how many bytes the content has in all
 * @param base64 the bytes of the part
 */
public record ContentPart(long version, long size, String base64) {
}
