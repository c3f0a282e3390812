package org.tidebox.delta.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.fastcdc.FastCdcChunker;

class FastCdcForLongTest extends ChunkerContract {
    private static final int KIB = 1 << 10;

    @Override
    Chunker chunker() {
        return new FastCdcChunker().forLength(Long.MAX_VALUE);
    }

    /** If this fails, the cuts of all long stored content have changed: that needs a new chunker name. */
    @Test
    void cutsAreForever() {
        assertThat(chunker().name()).isEqualTo("fastcdc-256");
        assertThat(lengths(Contents.random(42, 2 << 20))).containsExactly(281_272, 244_859, 336_719,
                250_492, 302_138, 281_637, 264_032, 136_003);
    }

    @Test
    void lengthsKeepTheirLimitsAndAverage256KiB() {
        byte[] content = Contents.random(11, 256 << 20);
        List<Integer> lengths = lengths(content);
        assertThat(lengths.subList(0, lengths.size() - 1)).allMatch(length -> length > 64 * KIB);
        assertThat(lengths).allMatch(length -> length <= 1024 * KIB);
        assertThat(content.length / lengths.size()).isBetween(240 * KIB, 272 * KIB);
    }
}
