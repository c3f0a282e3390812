package org.tidebox.server.http.endpoint;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A range of bytes that a request asks for (RFC 9110, 14).
 *
 * @param from the first byte
 * @param length how many; 0 if the content does not have what was asked for
 */
record ByteRange(long from, long length) {
    /** One range. Of several, or of what nobody understands, a server may send all. */
    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /**
     * Reads the header {@code Range}.
     *
     * @param header may be {@code null}
     * @return nothing if the whole content is to be sent
     */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher matcher = ONE.matcher(header == null ? "" : header);
        if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (matcher.group(1).isEmpty()) {
            long last = Math.min(size, Long.parseLong(matcher.group(2)));
            return Optional.of(new ByteRange(size - last, last));
        }
        long from = Long.parseLong(matcher.group(1));
        long to = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
        if (to < from) {
            return Optional.empty();
        }
        return Optional.of(from >= size ? new ByteRange(0, 0) : new ByteRange(from, Math.min(size - 1, to) - from + 1));
    }

    /** Returns whether the header {@code If-None-Match}, which may be {@code null}, names a tag. */
    static boolean matches(String header, String tag) {
        return header != null && Stream.of(header.split(",")).map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }
}
