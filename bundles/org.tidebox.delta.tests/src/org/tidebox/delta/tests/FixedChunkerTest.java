package org.tidebox.delta.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.fixed.FixedChunker;

class FixedChunkerTest extends ChunkerContract {
    @Override
    Chunker chunker() {
        return new FixedChunker();
    }

    @Test
    void cutsEvery64KiB() {
        assertThat(chunker().name()).isEqualTo("fixed");
        assertThat(lengths(new byte[150_000])).containsExactly(65_536, 65_536, 18_928);
    }
}
