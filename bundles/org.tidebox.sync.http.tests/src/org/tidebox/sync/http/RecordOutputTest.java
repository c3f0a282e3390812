package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes out at once, and that nothing is left behind. */
@Tag("C5")
class RecordOutputTest {
    /** A full record of TLS 1.3 with AES-GCM. */
    private static final int FULL = 16_406;

    private final List<Integer> calls = new ArrayList<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            calls.add(length);
            super.write(bytes, offset, length);
        }
    };
    private final RecordOutput output = new RecordOutput(sent);

    @Test
    void fullRecordsGoOutTogetherWithTheShortOneThatEndsThem() throws IOException {
        for (int i = 0; i < 3; i++) {
            write(FULL);
        }
        assertThat(calls).isEmpty();
        write(100);
        assertThat(calls).containsExactly(3 * FULL + 100);
    }

    @Test
    void aShortRecordAloneGoesOutAtOnce() throws IOException {
        write(517);
        assertThat(calls).containsExactly(517);
    }

    @Test
    void asMuchAsThereIsRoomForGoesOutAtOnce() throws IOException {
        for (int i = 0; i < 16; i++) {
            write(FULL);
        }
        assertThat(calls).containsExactly(7 * FULL, 7 * FULL);
        output.drain();
        assertThat(calls).containsExactly(7 * FULL, 7 * FULL, 2 * FULL);
        output.drain();
        assertThat(calls).hasSize(3);
    }

    @Test
    void whateverIsWrittenArrivesInItsOrder() throws IOException {
        Random random = new Random(7);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(3 * RecordOutput.ROOM) : FULL];
            random.nextBytes(bytes);
            expected.writeBytes(bytes);
            output.write(bytes, 0, bytes.length);
            if (random.nextInt(20) == 0) {
                output.drain();
                assertThat(sent.size()).isEqualTo(expected.size());
            }
        }
        output.close();
        assertThat(sent.toByteArray()).isEqualTo(expected.toByteArray());
    }

    private void write(int length) throws IOException {
        output.write(new byte[length], 0, length);
        output.flush();
    }
}
