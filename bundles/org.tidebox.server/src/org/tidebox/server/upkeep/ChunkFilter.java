package org.tidebox.server.upkeep;

import java.nio.ByteBuffer;
import org.tidebox.tree.ChunkId;

/**
 * A set of chunks that takes a fixed amount of memory however many there are, and may claim to contain a few that were
 * never added, but never the other way round (Bloom, "Space/time trade-offs in hash coding with allowable errors", CACM
 * 1970). Who frees only what is not in the set errs to the safe side. A salt makes each set err on other chunks, so
 * that none stays for ever by mistake.
 */
final class ChunkFilter {
    private static final int BITS_PER_CHUNK = 16;
    private static final int HASHES = 5;
    private static final long MIN_BITS = 1 << 12;
    private static final long MAX_BITS = 1L << 28;
    private final long[] words;
    private final long bits;
    private final long salt;

    /** Makes an empty set that errs on about one in 500 chunks when it holds as many as expected; at most 32 MiB. */
    ChunkFilter(long expected, long salt) {
        this.bits = Math.clamp(expected * BITS_PER_CHUNK, MIN_BITS, MAX_BITS);
        this.words = new long[(int) (bits / Long.SIZE) + 1];
        this.salt = salt;
    }

    void add(ChunkId id) {
        ByteBuffer bytes = ByteBuffer.wrap(id.toBytes());
        for (int i = 0; i < HASHES; i++) {
            long bit = bit(bytes, i);
            words[(int) (bit / Long.SIZE)] |= 1L << bit;
        }
    }

    boolean mayContain(ChunkId id) {
        ByteBuffer bytes = ByteBuffer.wrap(id.toBytes());
        for (int i = 0; i < HASHES; i++) {
            long bit = bit(bytes, i);
            if ((words[(int) (bit / Long.SIZE)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    /** An id is a hash already; the salt is mixed in by a multiplication (Knuth's, with 2^64 over the golden ratio). */
    private long bit(ByteBuffer id, int i) {
        long first = (id.getLong(0) ^ salt) * 0x9e3779b97f4a7c15L;
        long second = (id.getLong(8) ^ Long.reverse(salt)) * 0x9e3779b97f4a7c15L | 1;
        return Math.unsignedMultiplyHigh(first + i * second, bits);
    }
}
