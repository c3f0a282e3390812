package org.tidebox.crypto.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SHA-256 of whoever stands first gives what that of the JDK gives. In the framework that is the native library. */
@Tag("C5")
class HashTest {
    private static final int ROUNDS = 300;
    private static final int LONGEST = 300_000;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void anyLengthInAnyPiecesGivesTheSameHash() throws GeneralSecurityException {
        MessageDigest used = MessageDigest.getInstance("SHA-256");
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = bytes();
            feed(used, bytes);
            assertThat(used.digest()).as("seed %d, round %d, %d bytes", seed, round, bytes.length)
                    .isEqualTo(expected(bytes, bytes.length));
        }
    }

    /** TLS takes the hash of a handshake that goes on. */
    @Test
    void aCopyGoesOnByItself() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = bytes();
            int fork = random.nextInt(bytes.length + 1);
            MessageDigest used = MessageDigest.getInstance("SHA-256");
            used.update(bytes, 0, fork);
            MessageDigest copy = (MessageDigest) used.clone();
            used.update(bytes, fork, bytes.length - fork);
            assertThat(copy.digest()).as("copy, seed %d, round %d", seed, round).isEqualTo(expected(bytes, fork));
            assertThat(used.digest()).as("original, seed %d, round %d", seed, round)
                    .isEqualTo(expected(bytes, bytes.length));
        }
    }

    /** Short ones are most frequent, as in the protocol. */
    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 200 : LONGEST)];
        random.nextBytes(bytes);
        return bytes;
    }

    private void feed(MessageDigest digest, byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int length = 1 + random.nextInt(bytes.length - at);
            switch (random.nextInt(4)) {
                case 0 -> digest.update(bytes, at, length);
                case 1 -> digest.update(ByteBuffer.wrap(bytes, at, length));
                case 2 -> digest.update(ByteBuffer.allocateDirect(length).put(bytes, at, length).flip());
                default -> {
                    length = 1;
                    digest.update(bytes[at]);
                }
            }
            at += length;
        }
    }

    private static byte[] expected(byte[] bytes, int length) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256", "SUN");
        digest.update(bytes, 0, length);
        return digest.digest();
    }
}
