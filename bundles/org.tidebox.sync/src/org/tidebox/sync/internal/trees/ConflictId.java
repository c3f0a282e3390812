package org.tidebox.sync.internal.trees;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.tidebox.tree.NodeId;

/**
 * Ids of conflict copies. The first half is made from the original's id and the sequence of the version that both sides
 * had changed, the second half is random: so every device that sees a copy can find out what it comes from, by trying
 * versions, whatever the two are called by then.
 */
public final class ConflictId {
    private static final byte[] PREFIX = "tidebox conflict".getBytes(StandardCharsets.US_ASCII);
    private static final int HALF = NodeId.LENGTH / 2;

    private ConflictId() {
    }

    /**
     * Makes the id of a new copy.
     *
     * @param original whose content was changed on both sides
     * @param base the sequence of the version that both sides had changed
     */
    public static NodeId of(NodeId original, long base, RandomGenerator random) {
        byte[] id = new byte[NodeId.LENGTH];
        random.nextBytes(id);
        System.arraycopy(half(original, base), 0, id, 0, HALF);
        return new NodeId(id);
    }

    /** Returns the sequence of the version that a copy and its original both come from, up to the given one. */
    public static OptionalLong base(NodeId copy, NodeId original, long upTo) {
        byte[] wanted = Arrays.copyOf(copy.toBytes(), HALF);
        return LongStream.rangeClosed(1, upTo).map(back -> upTo + 1 - back)
                .filter(base -> Arrays.equals(wanted, half(original, base))).findFirst();
    }

    private static byte[] half(NodeId original, long base) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(PREFIX);
            digest.update(original.toBytes());
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, base));
            return Arrays.copyOf(digest.digest(), HALF);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
