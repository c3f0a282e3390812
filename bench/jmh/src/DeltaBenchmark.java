package org.tidebox.bench;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.PatchCodec;
import org.tidebox.delta.RecipeBuilder;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;

/** What contents cost on their way: cutting, hashing, differences, and the list of chunks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DeltaBenchmark {
    private static final int CONTENT = 4 << 20;
    private static final int CHUNK = 64 << 10;
    private static final int ENTRIES = 16_384;

    private final byte[] content = random(1, CONTENT);
    private final byte[] base = random(2, CHUNK);
    private final byte[] edited = edit(base);
    private final FastCdcChunker chunker = new FastCdcChunker();
    private final PatchCodec codec = new PatchCodec();
    private final List<ChunkId> bases = List.of(new ChunkId(random(3, ChunkId.LENGTH)));
    private final ChunkId target = new ChunkId(random(4, ChunkId.LENGTH));
    private final List<BlockSignature> signatures = List.of(BlockSignature.of(ByteBuffer.wrap(base)));
    private final ChunkId[] ids = ids();

    /** Cuts 4 MiB. */
    @Benchmark
    public int chunking() {
        int chunks = 0;
        for (int at = 0; at < CONTENT; chunks++) {
            at += chunker.cut(content, at, CONTENT);
        }
        return chunks;
    }

    /** Hashes 4 MiB in one go. */
    @Benchmark
    public byte[] hashing() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(content);
    }

    /** The signature of a chunk of 64 KiB. */
    @Benchmark
    public BlockSignature signature() {
        return BlockSignature.of(ByteBuffer.wrap(base));
    }

    /** An edit of 4 KiB inside a chunk of 64 KiB, told by the signature of the older one. */
    @Benchmark
    public Optional<ChunkPatch> patchByBlocks() {
        return codec.byBlocks(target, ByteBuffer.wrap(edited), bases, signatures);
    }

    /** The same edit, told by the older chunk itself. */
    @Benchmark
    public Optional<ChunkPatch> patchByDictionary() {
        return codec.byDictionary(target, ByteBuffer.wrap(edited), bases, List.of(ByteBuffer.wrap(base)));
    }

    /** The recipe of a file of 1 GiB. */
    @Benchmark
    public Recipe recipe() {
        RecipeBuilder<RuntimeException> builder = new RecipeBuilder<>(FastCdcChunker.NAME, (id, raw, level) -> {
        });
        for (ChunkId id : ids) {
            builder.add(id, CHUNK);
        }
        return builder.finish();
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] edit(byte[] bytes) {
        byte[] changed = bytes.clone();
        System.arraycopy(random(5, 4096), 0, changed, 30_001, 4096);
        return changed;
    }

    private static ChunkId[] ids() {
        ChunkId[] made = new ChunkId[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            made[i] = new ChunkId(random(100 + i, ChunkId.LENGTH));
        }
        return made;
    }
}
