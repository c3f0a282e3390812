package org.tidebox.delta.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.ChunkPatch.Kind;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.PatchCodec;
import org.tidebox.tree.ChunkId;

@Tag("C5")
class PatchCodecTest {
    private static final int CHUNK = 64 << 10;
    private static final int ROUNDS = Integer.getInteger("tidebox.rounds", 2_000);
    private static final byte[] ZSTD_DICTIONARY = {0x37, (byte) 0xA4, 0x30, (byte) 0xEC, 1, 0, 0, 0};
    private final PatchCodec codec = new PatchCodec();

    @Test
    void aSmallEditCostsLittleMoreThanItself() {
        byte[] base = Contents.random(1, CHUNK);
        byte[] edited = base.clone();
        System.arraycopy(Contents.random(2, 4096), 0, edited, 30_001, 4096);

        assertThat(patch(Kind.BLOCKS, edited, base).orElseThrow().data().remaining()).isLessThan(4096 + 1100);
        assertThat(patch(Kind.DICTIONARY, edited, base).orElseThrow().data().remaining()).isLessThan(4096 + 100);
    }

    @Test
    void whatMovedIsFoundAtAnyOffset() {
        byte[] base = Contents.random(3, CHUNK);
        byte[] shifted = Contents.concat(new byte[]{1}, base);
        byte[] turned = Contents.concat(Arrays.copyOfRange(base, 20_003, CHUNK), Arrays.copyOf(base, 20_003));

        assertThat(patch(Kind.BLOCKS, shifted, base).orElseThrow().data().remaining()).isLessThan(50);
        assertThat(patch(Kind.DICTIONARY, shifted, base).orElseThrow().data().remaining()).isLessThan(50);
        assertThat(patch(Kind.BLOCKS, turned, base).orElseThrow().data().remaining()).isLessThan(1100);
        assertThat(patch(Kind.DICTIONARY, turned, base).orElseThrow().data().remaining()).isLessThan(100);
    }

    @Test
    void aChunkMayBeMadeOfSeveral() throws CorruptChunkException {
        byte[] one = Contents.random(4, 40_001);
        byte[] other = Contents.random(5, 50_003);
        byte[] both = Contents.concat(one, other);
        for (Kind kind : Kind.values()) {
            ChunkPatch patch = patch(kind, both, one, other).orElseThrow();
            assertThat(patch.data().remaining()).isLessThan(1100);
            assertThat(apply(patch, one, other)).isEqualTo(both);
        }
    }

    @Test
    void whatHasNothingInCommonIsNotTold() {
        byte[] base = Contents.random(6, CHUNK);
        for (Kind kind : Kind.values()) {
            assertThat(patch(kind, Contents.random(7, CHUNK), base)).isEmpty();
            assertThat(patch(kind, new byte[0], base)).isEmpty();
            assertThat(patch(kind, new byte[]{5}, base)).isEmpty();
            assertThat(patch(kind, Contents.random(8, 2000), new byte[0])).isEmpty();
        }
    }

    @Test
    void aBaseThatLooksLikeADictionaryIsBytesLikeOthers() throws CorruptChunkException {
        byte[] base = Contents.concat(ZSTD_DICTIONARY, Contents.random(9, 30_000));
        byte[] edited = Contents.concat(base, new byte[]{1, 2, 3});
        ChunkPatch patch = patch(Kind.DICTIONARY, edited, base).orElseThrow();
        assertThat(patch.data().remaining()).isLessThan(50);
        assertThat(apply(patch, base)).isEqualTo(edited);
    }

    @Test
    void theLongestChunksWork() throws CorruptChunkException {
        byte[] base = Contents.random(10, EncodedChunk.MAX_LENGTH);
        byte[] zeros = new byte[EncodedChunk.MAX_LENGTH];
        for (Kind kind : Kind.values()) {
            assertThat(apply(patch(kind, base, base).orElseThrow(), base)).isEqualTo(base);
            assertThat(apply(patch(kind, zeros, zeros).orElseThrow(), zeros)).isEqualTo(zeros);
        }
    }

    @Test
    void whateverTheEditTheResultIsIdenticalOrThereIsNoPatch() throws CorruptChunkException {
        for (long seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            List<byte[]> bases = new ArrayList<>();
            for (int i = random.nextInt(ChunkPatch.MAX_BASES); i >= 0; i--) {
                bases.add(content(random, random.nextInt(20_000)));
            }
            byte[] target = edited(random, Contents.concat(bases.toArray(byte[][]::new)));
            byte[][] contents = bases.toArray(byte[][]::new);
            for (Kind kind : Kind.values()) {
                Optional<ChunkPatch> patch = patch(kind, target, contents);
                if (patch.isPresent()) {
                    assertThat(patch.get().data().remaining()).as("seed %d", seed).isLessThan(target.length);
                    assertThat(apply(patch.get(), contents)).as("seed %d", seed).isEqualTo(target);
                }
            }
        }
    }

    @Test
    void whateverIsDamagedIsRefusedAsDamaged() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            byte[] base = content(random, 5_000 + random.nextInt(5_000));
            byte[] target = edited(random, base);
            for (Kind kind : Kind.values()) {
                Optional<ChunkPatch> patch = patch(kind, target, base);
                if (patch.isPresent()) {
                    ChunkPatch damaged = damaged(random, patch.get());
                    refusedOrRight(seed, damaged, target, random.nextInt(8) == 0 ? new byte[0] : base);
                }
            }
        }
    }

    @Test
    void hostileInstructionsAreRefused() {
        byte[] base = Contents.random(11, 10 * BlockSignature.BLOCK);
        // Numbers: 1 = copy no block, 3 = copy one block, 255 … = more than an int holds.
        List<byte[]> scripts = List.of(new byte[]{3}, new byte[]{3, 10}, new byte[]{3, -1, -1, -1, -1, 7},
                new byte[]{-1, -1, -1, -1, -1, -1, 0}, new byte[]{-1, -1, -1, -1, 7, 0}, new byte[]{(byte) 200, 1},
                new byte[]{41, 0}, new byte[]{10, 1}, new byte[]{1, 0}, new byte[]{-2, -1, -1, -1, 7, 1, 1});
        for (byte[] script : scripts) {
            assertRefused(raw(Kind.BLOCKS, 10 * BlockSignature.BLOCK, Zstd.compress(script)), base);
        }
    }

    @Test
    void lyingLengthsAreRefusedBeforeThereIsMemoryForThem() {
        byte[] base = Contents.random(12, 10_000);
        byte[] bomb = Zstd.compress(new byte[64 << 20]);
        for (Kind kind : Kind.values()) {
            for (int length : new int[]{Integer.MIN_VALUE, -1, 0, 1, 10_000, EncodedChunk.MAX_LENGTH,
                    EncodedChunk.MAX_LENGTH + 1, Integer.MAX_VALUE}) {
                assertRefused(raw(kind, length, bomb), base);
                assertRefused(raw(kind, length, new byte[0]), base);
                assertRefused(raw(kind, length, Contents.random(13, 300)), base);
            }
        }
    }

    @Test
    void theBasesMustBeThoseThatAreNamed() {
        byte[] base = Contents.random(14, 10_000);
        ChunkPatch patch = patch(Kind.BLOCKS, Contents.concat(base, base), base).orElseThrow();
        assertRefused(patch);
        assertRefused(patch, base, base);
        assertRefused(patch, Contents.random(15, 10_000));
        ChunkPatch many = new ChunkPatch(patch.id(), Collections.nCopies(5, patch.id()), Kind.BLOCKS,
                patch.rawLength(), patch.data());
        assertRefused(many, base, base, base, base, base);
    }

    @Test
    void signaturesTravel() {
        for (int length : new int[]{0, 1, 511, 512, 513, 10_000, EncodedChunk.MAX_LENGTH}) {
            BlockSignature signature = BlockSignature.of(ByteBuffer.wrap(Contents.random(length, length)));
            assertThat(signature.blocks()).hasSize(length / BlockSignature.BLOCK);
            assertThat(BlockSignature.decode(signature.encode())).isEqualTo(signature);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> BlockSignature.decode(new byte[9]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BlockSignature.decode(new byte[BlockSignature.MAX_LENGTH + 8]));
    }

    /** A server that means harm can waste our time a little, but not without bound, and never our data. */
    @Test
    void signaturesThatLieCostNothingButTheSaving() {
        byte[] target = Contents.random(16, CHUNK);
        BlockSignature.Block real = BlockSignature.of(ByteBuffer.wrap(target)).blocks().get(5);
        List<BlockSignature.Block> blocks = new ArrayList<>();
        for (int i = 0; i < BlockSignature.MAX_LENGTH / 8; i++) {
            blocks.add(new BlockSignature.Block(real.weak(), i));
        }
        blocks.set(1, real);
        ChunkId id = ChunkCodec.idOf(ByteBuffer.wrap(target));
        Optional<ChunkPatch> patch = codec.byBlocks(id, ByteBuffer.wrap(target), List.of(id),
                List.of(new BlockSignature(blocks)));
        assertRefused(patch.orElseThrow(), Contents.random(17, CHUNK));
    }

    private void refusedOrRight(long seed, ChunkPatch patch, byte[] target, byte[] base) {
        try {
            assertThat(apply(patch, base)).as("seed %d", seed).isEqualTo(target);
        } catch (CorruptChunkException e) {
            assertThat(e.isPermanent()).isTrue();
        } catch (RuntimeException e) {
            fail("seed " + seed, e);
        }
    }

    private void assertRefused(ChunkPatch patch, byte[]... bases) {
        assertThatExceptionOfType(CorruptChunkException.class).isThrownBy(() -> apply(patch, bases));
    }

    private static ChunkPatch damaged(Random random, ChunkPatch patch) {
        byte[] data = new byte[patch.data().remaining()];
        patch.data().duplicate().get(data);
        int length = patch.rawLength();
        switch (random.nextInt(4)) {
            case 0 -> data = Arrays.copyOf(data, random.nextInt(data.length));
            case 1 -> length = random.nextInt(2 * length);
            case 2 -> random.nextBytes(data);
            default -> data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Kind kind = Kind.values()[random.nextInt(20) == 0 ? 1 - patch.kind().ordinal() : patch.kind().ordinal()];
        return new ChunkPatch(patch.id(), patch.bases(), kind, length, ByteBuffer.wrap(data));
    }

    private static byte[] content(Random random, int length) {
        if (random.nextInt(5) == 0) {
            return new byte[length];
        }
        return random.nextInt(3) > 0
                ? Contents.random(random.nextLong(), length)
                : "tide after tide ".repeat(length / 16 + 1).substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] edited(Random random, byte[] base) {
        byte[] edited = base;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int from = random.nextInt(edited.length + 1);
            int to = Math.min(edited.length, from + random.nextInt(3_000));
            byte[] middle = switch (random.nextInt(3)) {
                case 0 -> new byte[0];
                case 1 -> Contents.random(random.nextLong(), to - from);
                default -> Contents.random(random.nextLong(), random.nextInt(2_000));
            };
            edited = Contents.concat(Arrays.copyOf(edited, from), middle,
                    Arrays.copyOfRange(edited, to, edited.length));
        }
        return edited;
    }

    private static ChunkPatch raw(Kind kind, int length, byte[] data) {
        ChunkId id = ChunkCodec.idOf(ByteBuffer.wrap(data));
        return new ChunkPatch(id, List.of(id), kind, length, ByteBuffer.wrap(data));
    }

    private Optional<ChunkPatch> patch(Kind kind, byte[] target, byte[]... bases) {
        List<ByteBuffer> contents = Arrays.stream(bases).map(ByteBuffer::wrap).toList();
        List<ChunkId> ids = contents.stream().map(ChunkCodec::idOf).toList();
        ByteBuffer raw = ByteBuffer.wrap(target);
        ChunkId id = ChunkCodec.idOf(raw);
        return kind == Kind.BLOCKS
                ? codec.byBlocks(id, raw, ids, contents.stream().map(BlockSignature::of).toList())
                : codec.byDictionary(id, raw, ids, contents);
    }

    private byte[] apply(ChunkPatch patch, byte[]... bases) throws CorruptChunkException {
        ByteBuffer made = codec.apply(patch, Arrays.stream(bases).map(ByteBuffer::wrap).toList());
        byte[] bytes = new byte[made.remaining()];
        made.get(bytes);
        return bytes;
    }
}
