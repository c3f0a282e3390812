package org.tidebox.tree.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.ContentId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;

class IdTest {
    @Test
    void hexRoundTrips() {
        NodeId id = NodeId.random(new Random(1));
        assertThat(NodeId.parse(id.toHex())).isEqualTo(id).hasSameHashCodeAs(id).hasToString(id.toHex());
        assertThat(id.toHex()).matches("[0-9a-f]{32}");
        assertThat(NodeId.parse(id.toHex().toUpperCase(Locale.ROOT))).isEqualTo(id);
    }

    @Test
    void idsOfDifferentThingsAreNeverEqual() {
        byte[] long32 = new byte[32];
        byte[] short16 = new byte[16];
        assertThat((Object) new ChunkId(long32)).isNotEqualTo(new ContentId(long32));
        assertThat((Object) new NodeId(short16)).isNotEqualTo(new LibraryId(short16));
        assertThat((Object) new CommitId(short16)).isNotEqualTo(new LibraryId(short16));
    }

    @Test
    void risingIdsFollowTimeAndDifferWithinAMoment() {
        Random random = new Random(7);
        Instant now = Instant.parse("2026-11-26T10:15:30.123Z");
        Instant farAhead = Instant.ofEpochMilli((1L << 48) - 1);
        NodeId one = NodeId.rising(now, random);
        NodeId other = NodeId.rising(now, random);
        assertThat(one.toHex()).startsWith(HexFormat.of().toHexDigits(now.toEpochMilli(), 12))
                .isNotEqualTo(other.toHex());
        assertThat(other.toHex()).startsWith(one.toHex().substring(0, 12));
        assertThat(List.of(one, other))
                .allSatisfy(id -> assertThat(id).isLessThan(NodeId.rising(now.plusMillis(1), random))
                        .isGreaterThan(NodeId.rising(Instant.EPOCH, random)));
        assertThat(NodeId.rising(farAhead, random).toHex()).startsWith("f".repeat(12));
    }

    @Test
    void refusesWrongLengthsAndDigits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ChunkId(new byte[31])).withMessageContaining("31");
        assertThatIllegalArgumentException().isThrownBy(() -> new ChunkId(new byte[33]));
        assertThatIllegalArgumentException().isThrownBy(() -> ChunkId.parse("00"));
        assertThatIllegalArgumentException().isThrownBy(() -> NodeId.parse("zz".repeat(16)));
        assertThatIllegalArgumentException().isThrownBy(() -> NodeId.parse("0".repeat(33)));
    }

    @Test
    void nobodyCanChangeAnId() {
        byte[] bytes = new byte[16];
        NodeId id = new NodeId(bytes);
        bytes[0] = 1;
        id.toBytes()[1] = 1;
        assertThat(id).isEqualTo(NodeId.ROOT);
    }

    @Test
    void ordersByUnsignedBytes() {
        ChunkId low = ChunkId.parse("7f" + "00".repeat(31));
        ChunkId high = ChunkId.parse("80" + "00".repeat(31));
        assertThat(low).isLessThan(high);
        assertThat(low).isEqualByComparingTo(ChunkId.parse(low.toHex()));
    }

    @Test
    void randomIdsDiffer() {
        Random random = new Random(3);
        assertThat(IntStream.range(0, 1000).mapToObj(i -> CommitId.random(random))).doesNotHaveDuplicates();
        assertThat(IntStream.range(0, 1000).mapToObj(i -> LibraryId.random(random))).doesNotHaveDuplicates();
    }
}
