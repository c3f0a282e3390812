package org.tidebox.delta.internal;

import java.nio.ByteBuffer;
import org.tidebox.delta.BlockSignature;

/**
 * A hash of a block that moves on by one byte in constant time: a polynomial of the bytes modulo 2^32 (Karp and Rabin,
 * 1987). The factor is part of the protocol.
 */
public final class RollingHash {
    private static final int FACTOR = 0x2C1B3C6D;
    /** The factor to the power of the block length: the weight with which a byte leaves. */
    private static final int LEAVING = leaving();

    private RollingHash() {
    }

    /** Returns the hash of all bytes between position and limit. */
    public static int of(ByteBuffer block) {
        int hash = 0;
        for (int at = block.position(); at < block.limit(); at++) {
            hash = hash * FACTOR + (block.get(at) & 0xFF) + 1;
        }
        return hash;
    }

    /** Returns the hash of the block that begins one byte later. */
    public static int roll(int hash, byte leaves, byte comes) {
        return hash * FACTOR + (comes & 0xFF) + 1 - ((leaves & 0xFF) + 1) * LEAVING;
    }

    private static int leaving() {
        int power = 1;
        for (int i = 0; i < BlockSignature.BLOCK; i++) {
            power *= FACTOR;
        }
        return power;
    }
}
