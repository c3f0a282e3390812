package org.tidebox.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When memory is given back. */
@Tag("Q3")
class RestTest {
    private static final long LARGE = 200 << 20;
    private static final long USED = 150 << 20;
    private final Rest rest = new Rest();

    @Test
    void aLargeHeapIsCollectedOnceInEachRest() {
        assertThat(rest.isTime(LARGE, USED)).isFalse();
        assertThat(rest.isTime(LARGE, USED + 1)).isFalse();
        assertThat(rest.isTime(LARGE, USED + 2)).isTrue();
        rest.collected(60 << 20);
        for (int look = 0; look < 10; look++) {
            assertThat(rest.isTime(60 << 20, (30 << 20) + look)).isFalse();
        }
    }

    @Test
    void workDelaysIt() {
        Random random = new Random(1);
        for (int look = 0; look < 100; look++) {
            assertThat(rest.isTime(LARGE, USED + look % 2 * (Rest.LITTLE + random.nextInt(1_000)))).isFalse();
        }
    }

    @Test
    void aHeapThatHasGrownAgainIsCollectedAgain() {
        restAt(LARGE);
        rest.collected(60 << 20);
        rest.isTime(60 << 20, 30 << 20);
        rest.isTime(LARGE, USED);
        rest.isTime(LARGE, USED);
        assertThat(rest.isTime(LARGE, USED)).isTrue();
    }

    @Test
    void whatCannotBeGivenBackIsNotAskedForAgain() {
        restAt(LARGE);
        rest.collected(LARGE);
        rest.isTime(LARGE, USED - 2 * Rest.LITTLE);
        for (int look = 0; look < 10; look++) {
            assertThat(rest.isTime(LARGE, USED - 2 * Rest.LITTLE)).isFalse();
        }
    }

    @Test
    void aSmallHeapIsLeftAlone() {
        for (int look = 0; look < 10; look++) {
            assertThat(rest.isTime(Rest.SMALL, 1 << 20)).isFalse();
        }
    }

    private void restAt(long total) {
        rest.isTime(total, USED);
        rest.isTime(total, USED);
        assertThat(rest.isTime(total, USED)).isTrue();
    }
}
