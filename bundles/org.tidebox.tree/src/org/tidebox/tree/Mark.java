package org.tidebox.tree;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;

/**
 * Stands for a library's whole history up to a sequence: two journals with equal marks took the same commits up to
 * there, so a mark that a journal does not have tells that it was set back and went on differently. The 8 bytes of the
 * sequence, big endian, then the first 16 bytes of a SHA-256 that is chained from commit to commit. All sequences of a
 * commit have its digest, for a journal takes a commit as a whole or not at all.
 */
public final class Mark extends Bytes {
    /** Length of a mark in bytes. */
    public static final int LENGTH = 24;
    /** Length of its second part in bytes. */
    public static final int DIGEST_LENGTH = LENGTH - Long.BYTES;
    /** The history of a library in which nothing has happened. */
    public static final Mark START = new Mark(0, new byte[DIGEST_LENGTH]);

    /**
     * Wraps a copy of the given bytes.
     *
     * @throws IllegalArgumentException if there are not exactly {@link #LENGTH} of them, or the sequence is negative
     */
    public Mark(byte[] bytes) {
        super(bytes, LENGTH, "a mark");
        if (sequence() < 0) {
            throw new IllegalArgumentException("a mark's sequence is 0 or more, got " + sequence());
        }
    }

    /** Puts a mark together from its two parts. */
    public Mark(long sequence, byte[] digest) {
        this(ByteBuffer.allocate(Long.BYTES + digest.length).putLong(sequence).put(digest).array());
    }

    /**
     * Reads a mark from its hex digits.
     *
     * @throws IllegalArgumentException if the text is not exactly that
     */
    public static Mark parse(String hex) {
        return new Mark(parseHex(hex, LENGTH, "a mark"));
    }

    /** Returns the sequence up to which it stands for the history. */
    public long sequence() {
        return ByteBuffer.wrap(toBytes()).getLong();
    }

    /** Returns what stands for the history. */
    public byte[] digest() {
        return Arrays.copyOfRange(toBytes(), Long.BYTES, LENGTH);
    }

    /** Returns the same history's mark at another sequence of the same commit. */
    public Mark at(long sequence) {
        return new Mark(sequence, digest());
    }

    /**
     * Returns the mark after one more commit.
     *
     * @param versions what it added, by rising sequence; if nothing, the mark stays as it is
     */
    public Mark after(CommitId commit, Collection<Node> versions) {
        MessageDigest digest = sha256();
        digest.update(toBytes());
        digest.update(commit.toBytes());
        long sequence = sequence();
        for (Node version : versions) {
            sequence = version.sequence();
            digest.update(version.id().toBytes());
        }
        return versions.isEmpty() ? this : new Mark(sequence, Arrays.copyOf(digest.digest(), DIGEST_LENGTH));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
