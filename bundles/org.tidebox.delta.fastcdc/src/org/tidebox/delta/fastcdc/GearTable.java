package org.tidebox.delta.fastcdc;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The random numbers of the gear hash, one for each byte value: the first eight bytes, big endian, of the
 * SHA-256 of that byte.
 */
final class GearTable {
    private GearTable() {
    }

    static long[] make() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long[] table = new long[256];
            for (int value = 0; value < table.length; value++) {
                table[value] = ByteBuffer.wrap(digest.digest(new byte[]{(byte) value})).getLong();
            }
            return table;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
