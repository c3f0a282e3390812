package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C6")
class ResponseBodyTest {
    private final ResponseBody body = new ResponseBody(Duration.ofSeconds(10), () -> {
    });
    private boolean cancelled;

    /** The platform resets the stream of a whole answer, too, if it is cancelled: one packet more for each request. */
    @Test
    void wholeAnswerIsNotCancelled() throws Exception {
        begin();
        body.onNext(List.of(ByteBuffer.wrap(new byte[]{1, 2})));
        body.onComplete();
        assertThat(body.readAllBytes()).containsExactly(1, 2);
        body.close();
        assertThat(cancelled).isFalse();
    }

    @Test
    void answerThatNobodyReadsToItsEndIsCancelled() throws Exception {
        begin();
        body.onNext(List.of(ByteBuffer.wrap(new byte[]{1, 2})));
        assertThat(body.read()).isEqualTo(1);
        body.close();
        assertThat(cancelled).isTrue();
    }

    private void begin() {
        body.onSubscribe(new Subscription() {
            @Override
            public void request(long count) {
                assertThat(count).isPositive();
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        });
    }
}
