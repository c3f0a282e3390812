package org.tidebox.wire.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.wire.EventCodec;
import org.tidebox.wire.EventReader;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

@Tag("C6")
class EventTest {
    private static final LibraryEvent EVENT = new LibraryEvent(Samples.LIBRARY, 42);
    private static final String TEXT = new String(EventCodec.write(EVENT, Routes.EVENT_STREAM), UTF_8);
    private static final String KEEP_ALIVE = new String(EventCodec.keepAlive(Routes.EVENT_STREAM), UTF_8);

    @Test
    void anEventIsAServerSentEvent() {
        assertThat(TEXT).isEqualTo(
                "event: head\ndata: {\"library\":\"" + Samples.LIBRARY + "\",\"head\":42,\"wanted\":false}\n\n");
        assertThat(KEEP_ALIVE).startsWith(":").endsWith("\n\n");
    }

    @Test
    void whatIsWrittenIsReadAndAllElseIsPassedOver() throws Exception {
        EventReader reader = reader(KEEP_ALIVE + TEXT + "event: weather\ndata: rain\n\nid: 7\n\nretry\n\n" + KEEP_ALIVE
                + TEXT.replace("\n", "\r\n") + "event:head\ndata:{\"library\":\ndata: \"" + Samples.LIBRARY
                + "\",\"head\":42,\"wanted\":false}\n\n" + "event: head\ndata: cut");
        assertThat(reader.next()).isEqualTo(EVENT);
        assertThat(reader.next()).isEqualTo(EVENT);
        assertThat(reader.next()).isEqualTo(EVENT);
        assertThat(reader.next()).isNull();
    }

    @Test
    void aHeadEventWithOtherDataIsRefused() throws Exception {
        assertThatThrownBy(reader("event: head\ndata: {}\n\n")::next).isInstanceOf(WireException.class);
    }

    @Test
    void linesAndEventsHaveALimit() throws Exception {
        assertThatThrownBy(reader("x".repeat(70_000))::next).isInstanceOf(WireException.class);
        assertThatThrownBy(reader(("data: " + "x".repeat(1000) + "\n").repeat(70))::next)
                .isInstanceOf(WireException.class);
    }

    @Test
    void damageIsRefusedOrPassedOverButNeverBreaks() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            byte[] damaged = (TEXT + KEEP_ALIVE + TEXT).getBytes(UTF_8);
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            EventReader reader = reader(damaged, Routes.EVENT_STREAM);
            try {
                while (reader.next() != null) {
                    assertThat(round).isNotNegative();
                }
            } catch (WireException e) {
                assertThat(e.getMessage()).as("seed %d", seed).doesNotContain("jackson");
            }
        }
    }

    private static EventReader reader(String text) throws WireException {
        return reader(text.getBytes(UTF_8), Routes.EVENT_STREAM);
    }

    private static EventReader reader(byte[] bytes, String mediaType) throws WireException {
        return EventReader.of(new ByteArrayInputStream(bytes), mediaType);
    }
}
