package org.tidebox.crypto.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** AES-GCM of whoever stands first and that of the JDK understand each other. In the framework that is the native one. */
@Tag("P3")
class CipherTest {
    private static final String GCM = "AES/GCM/NoPadding";
    private static final int ROUNDS = 300;
    private static final int TAG = 16;
    /** As long as what TLS encrypts at once. */
    private static final int RECORD = 16 << 10;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final byte[] header = bytes(5);
    private final SecretKeySpec key = new SecretKeySpec(bytes(random.nextBoolean() ? 16 : 32), "AES");

    /** One cipher for all records under one key, each encrypted and decrypted in its place, as TLS of the JDK does it. */
    @Test
    void recordsInPlacePassBetweenBoth() throws GeneralSecurityException {
        Cipher[] ours = {Cipher.getInstance(GCM), Cipher.getInstance(GCM)};
        Cipher[] theirs = {Cipher.getInstance(GCM, "SunJCE"), Cipher.getInstance(GCM, "SunJCE")};
        for (int round = 0; round < ROUNDS; round++) {
            byte[] text = bytes(1 + random.nextInt(RECORD));
            byte[] iv = bytes(12);
            byte[] there = inPlace(ours[0], Cipher.ENCRYPT_MODE, iv, text, TAG);
            assertThat(there).as("seed %d, round %d", seed, round)
                    .isEqualTo(inPlace(theirs[0], Cipher.ENCRYPT_MODE, iv, text, TAG));
            assertThat(inPlace(theirs[1], Cipher.DECRYPT_MODE, iv, there, 0)).isEqualTo(text);
            assertThat(inPlace(ours[1], Cipher.DECRYPT_MODE, iv, there, 0)).isEqualTo(text);
        }
    }

    @Test
    void piecesGiveWhatTheWholeGives() throws GeneralSecurityException {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] text = bytes(random.nextInt(2 * RECORD));
            byte[] iv = bytes(12);
            byte[] sealed = init(Cipher.getInstance(GCM, "SunJCE"), Cipher.ENCRYPT_MODE, iv).doFinal(text);
            assertThat(inPieces(Cipher.ENCRYPT_MODE, iv, text)).as("seed %d, round %d", seed, round).isEqualTo(sealed);
            assertThat(inPieces(Cipher.DECRYPT_MODE, iv, sealed)).as("seed %d, round %d", seed, round).isEqualTo(text);
        }
    }

    @Test
    void whatWasChangedOnItsWayIsRefused() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(GCM);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] iv = bytes(12);
            byte[] sealed = inPlace(cipher, Cipher.ENCRYPT_MODE, iv, bytes(1 + random.nextInt(RECORD)), TAG);
            sealed[random.nextInt(sealed.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatExceptionOfType(AEADBadTagException.class).as("seed %d, round %d", seed, round)
                    .isThrownBy(() -> inPlace(Cipher.getInstance(GCM), Cipher.DECRYPT_MODE, iv, sealed, 0));
        }
    }

    @Test
    void anotherHeaderIsRefused() throws GeneralSecurityException {
        byte[] iv = bytes(12);
        byte[] sealed = inPlace(Cipher.getInstance(GCM), Cipher.ENCRYPT_MODE, iv, bytes(RECORD), TAG);
        header[0] ^= 1;
        assertThatExceptionOfType(AEADBadTagException.class)
                .isThrownBy(() -> inPlace(Cipher.getInstance(GCM), Cipher.DECRYPT_MODE, iv, sealed, 0));
    }

    private Cipher init(Cipher cipher, int mode, byte[] iv) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG * 8, iv));
        cipher.updateAAD(header);
        return cipher;
    }

    /** Input and output are the same bytes of one buffer, on the heap or outside, somewhere within it. */
    private byte[] inPlace(Cipher cipher, int mode, byte[] iv, byte[] input, int room) throws GeneralSecurityException {
        int start = random.nextInt(30);
        int size = start + input.length + room + random.nextInt(30);
        ByteBuffer buffer = random.nextBoolean() ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
        buffer.position(start).put(input);
        ByteBuffer from = buffer.duplicate().flip().position(start);
        ByteBuffer to = buffer.duplicate().position(start).limit(start + input.length + room);
        int length = init(cipher, mode, iv).doFinal(from, to);
        byte[] result = new byte[length];
        buffer.get(start, result);
        return result;
    }

    private byte[] inPieces(int mode, byte[] iv, byte[] input) throws GeneralSecurityException {
        Cipher cipher = init(Cipher.getInstance(GCM), mode, iv);
        ByteBuffer result = ByteBuffer.allocate(input.length + TAG);
        int at = 0;
        while (input.length - at > 1) {
            int length = 1 + random.nextInt(input.length - at - 1);
            byte[] piece = cipher.update(input, at, length);
            result.put(piece == null ? new byte[0] : piece);
            at += length;
        }
        result.put(cipher.doFinal(input, at, input.length - at));
        byte[] all = new byte[result.flip().remaining()];
        result.get(all);
        return all;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
