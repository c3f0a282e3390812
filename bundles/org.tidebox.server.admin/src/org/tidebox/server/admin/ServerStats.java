package org.tidebox.server.admin;

/**
 * Figures of a server.
 *
 * @param accounts how many people there are
 * @param libraries how many libraries all of them have together
 * @param packs how many packs the chunks lie in
 * @param bytes how many bytes these take
 * @param wanted how many files the server lacks parts of, because they are damaged or lost; devices are asked for them
 * @param requests how many requests were answered since the process started; 0 if it does not serve
 * @param url where it serves, or served last; {@code null} if it never did
 * @param fingerprint the SHA-256 of its certificate in hex, or {@code null} if it has none yet
 */
public record ServerStats(long accounts, long libraries, long packs, long bytes, long wanted, long requests, String url,
        String fingerprint) {
}
