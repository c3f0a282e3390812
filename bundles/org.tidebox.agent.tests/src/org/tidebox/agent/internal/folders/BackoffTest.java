package org.tidebox.agent.internal.folders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C1")
class BackoffTest {
    @Test
    void waitsLongerEachTimeUpToAMinuteAndNeverInStep() {
        Backoff backoff = new Backoff(new Random(7));
        Duration nominal = Backoff.FIRST;
        for (int i = 0; i < 12; i++) {
            assertThat(backoff.failed()).isBetween(nominal.multipliedBy(3).dividedBy(4), nominal);
            nominal = nominal.multipliedBy(2).compareTo(Backoff.LONGEST) > 0
                    ? Backoff.LONGEST
                    : nominal.multipliedBy(2);
        }
        assertThat(backoff.failed()).isNotEqualTo(backoff.failed());
    }

    @Test
    void successMakesTheNextWaitShortAgain() {
        Backoff backoff = new Backoff(new Random(7));
        backoff.failed();
        backoff.failed();
        backoff.worked();
        assertThat(backoff.failed()).isLessThanOrEqualTo(Backoff.FIRST);
    }
}
