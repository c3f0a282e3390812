package org.tidebox.delta.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.EncodedChunk.Encoding;
import org.tidebox.tree.ChunkId;

@Tag("C5")
class ChunkCodecTest {
    private static final byte[] TEXT = "all work and no play ".repeat(200).getBytes(StandardCharsets.US_ASCII);
    private final ChunkCodec codec = new ChunkCodec();

    @Test
    void noiseWithSomethingToPackInItIsPacked() throws CorruptChunkException {
        for (int at : new int[]{0, 70_000, 150_000}) {
            byte[] mixed = Contents.random(at, 256 << 10);
            Arrays.fill(mixed, at, at + 100_000, (byte) 7);
            EncodedChunk chunk = encode(mixed);
            assertThat(chunk.encoding()).as("text from %d on", at).isEqualTo(Encoding.ZSTD);
            assertThat(chunk.data().remaining()).isLessThan(mixed.length - 90_000);
            assertThat(codec.decode(chunk)).isEqualTo(ByteBuffer.wrap(mixed));
        }
        assertThat(encode(Contents.random(1, 256 << 10)).encoding()).isEqualTo(Encoding.RAW);
    }

    @Test
    void aHigherLevelMakesShorterChunks() throws CorruptChunkException {
        Random random = new Random(5);
        ByteBuffer text = ByteBuffer.allocate(200_000);
        while (text.remaining() > 10) {
            text.put(Integer.toString(random.nextInt(5_000), 30).getBytes(StandardCharsets.US_ASCII));
        }
        text.flip();
        EncodedChunk low = codec.encode(ChunkCodec.idOf(text), text, ChunkCodec.LEVEL);
        EncodedChunk high = codec.encode(ChunkCodec.idOf(text), text, 9);
        assertThat(high.data().remaining()).isLessThan(low.data().remaining());
        assertThat(codec.decode(high)).isEqualTo(codec.decode(low)).isEqualTo(text);
    }

    @Test
    void idIsTheSha256() {
        // The two test vectors of FIPS 180 for the empty message and for "abc".
        assertThat(id(new byte[0])).hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(id("abc".getBytes(StandardCharsets.US_ASCII)))
                .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void everyKindOfContentRoundTrips() throws CorruptChunkException {
        for (int length : new int[]{0, 1, 2, 100, 65_536, EncodedChunk.MAX_LENGTH}) {
            for (byte[] raw : List.of(Contents.random(length, length), new byte[length], Arrays.copyOf(TEXT, length))) {
                EncodedChunk chunk = encode(raw);
                assertThat(chunk.rawLength()).isEqualTo(length);
                assertThat(chunk.data().remaining()).isLessThanOrEqualTo(length);
                assertThat(decode(chunk)).isEqualTo(raw);
            }
        }
    }

    @Test
    void theSmallerEncodingIsTaken() {
        assertThat(encode(TEXT).encoding()).isEqualTo(Encoding.ZSTD);
        assertThat(encode(Contents.random(1, 50_000)).encoding()).isEqualTo(Encoding.RAW);
        assertThat(encode(new byte[1]).encoding()).isEqualTo(Encoding.RAW);
    }

    @Test
    void anyKindOfBufferWillDoAndStaysAsItIs() throws CorruptChunkException {
        for (byte[] raw : List.of(TEXT, Contents.random(2, TEXT.length))) {
            ByteBuffer heap = ByteBuffer.allocate(raw.length + 20).put(7, raw);
            ByteBuffer direct = ByteBuffer.allocateDirect(raw.length + 20).put(7, raw);
            for (ByteBuffer buffer : List.of(heap, direct, heap.asReadOnlyBuffer(), heap.slice(3, raw.length + 9))) {
                int from = buffer.capacity() < heap.capacity() ? 4 : 7;
                buffer.limit(from + raw.length).position(from);
                EncodedChunk chunk = codec.encode(ChunkCodec.idOf(buffer), buffer);
                assertThat(buffer.remaining()).isEqualTo(raw.length);
                assertThat(decode(chunk)).isEqualTo(raw);
                assertThat(decode(moved(chunk))).isEqualTo(raw);
            }
        }
    }

    @Test
    void encodedChunkSharesNothingWithTheRawBytes() throws CorruptChunkException {
        byte[] raw = Contents.random(3, 1000);
        byte[] reused = raw.clone();
        EncodedChunk chunk = encode(reused);
        Arrays.fill(reused, (byte) 0);
        assertThat(decode(chunk)).isEqualTo(raw);
    }

    @Test
    void refusesToEncodeTooMuch() {
        byte[] raw = new byte[EncodedChunk.MAX_LENGTH + 1];
        assertThatIllegalArgumentException().isThrownBy(() -> encode(raw)).withMessageContaining("1048577");
    }

    @Test
    void flippedBitIsNeverServed() {
        byte[] noise = Contents.random(4, 300);
        for (byte[] raw : List.of(Arrays.copyOf(TEXT, 300), noise)) {
            EncodedChunk chunk = encode(raw);
            for (int bit = 0; bit < chunk.data().remaining() * 8; bit++) {
                byte[] data = bytes(chunk.data());
                data[bit / 8] ^= (byte) (1 << bit % 8);
                assertDamagedOrEqual(new EncodedChunk(chunk.id(), chunk.encoding(), 300, ByteBuffer.wrap(data)), raw);
            }
        }
    }

    @Test
    void wrongIdIsDamage() {
        EncodedChunk chunk = encode(TEXT);
        ChunkId other = id(new byte[1]);
        assertDamaged(new EncodedChunk(other, chunk.encoding(), chunk.rawLength(), chunk.data()), "SHA-256");
    }

    @Test
    void lyingLengthIsDamage() {
        for (EncodedChunk chunk : List.of(encode(TEXT), encode(Contents.random(5, 1000)))) {
            for (int length : new int[]{Integer.MIN_VALUE, -1, 0, chunk.rawLength() - 1, chunk.rawLength() + 1,
                    EncodedChunk.MAX_LENGTH, EncodedChunk.MAX_LENGTH + 1, Integer.MAX_VALUE}) {
                assertDamaged(new EncodedChunk(chunk.id(), chunk.encoding(), length, chunk.data()), "bytes");
            }
        }
    }

    @Test
    void bombIsRefusedByItsHeader() {
        byte[] bomb = Zstd.compress(new byte[64 << 20], 3);
        ChunkId id = id(TEXT);
        assertDamaged(new EncodedChunk(id, Encoding.ZSTD, 64 << 20, ByteBuffer.wrap(bomb)), "are allowed");
        assertDamaged(new EncodedChunk(id, Encoding.ZSTD, 1 << 20, ByteBuffer.wrap(bomb)), "holds 67108864 bytes");
    }

    @Test
    void bombWithAForgedHeaderIsRefused() {
        byte[] frame = Zstd.compress(new byte[60_000], 3);
        // RFC 8878: behind magic and descriptor the content size less 256, in two bytes, little endian.
        frame[5] = (byte) (1000 - 256);
        frame[6] = (byte) (1000 - 256 >> 8);
        assertThat(Zstd.getFrameContentSize(frame)).isEqualTo(1000);
        assertDamaged(new EncodedChunk(id(TEXT), Encoding.ZSTD, 1000, ByteBuffer.wrap(frame)), "");
    }

    @Test
    void frameWithoutContentSizeIsRefused() {
        try (ZstdCompressCtx context = new ZstdCompressCtx().setContentSize(false)) {
            ByteBuffer frame = ByteBuffer.wrap(context.compress(TEXT));
            assertDamaged(new EncodedChunk(id(TEXT), Encoding.ZSTD, TEXT.length, frame), "unknown number");
        }
    }

    @Test
    void aFrameWithoutBytesIsRefused() {
        assertDamaged(new EncodedChunk(id(TEXT), Encoding.ZSTD, TEXT.length, ByteBuffer.allocate(0)), "no bytes");
    }

    @Test
    void ballastBehindTheFrameIsRefused() {
        byte[] frame = bytes(encode(TEXT).data());
        for (byte[] ballast : List.of(new byte[10], Zstd.compress(new byte[0]), frame)) {
            ByteBuffer data = ByteBuffer.wrap(Contents.concat(frame, ballast));
            assertDamaged(new EncodedChunk(id(TEXT), Encoding.ZSTD, TEXT.length, data), "exactly one zstd frame");
        }
        byte[] longer = Zstd.compress(Contents.random(6, 1000));
        ByteBuffer data = ByteBuffer.wrap(longer);
        assertDamaged(new EncodedChunk(id(Contents.random(6, 1000)), Encoding.ZSTD, 1000, data), "cannot stand for");
    }

    @Test
    void everyPrefixIsRefused() {
        for (EncodedChunk chunk : List.of(encode(TEXT), encode(Contents.random(7, 200)))) {
            for (int length = 0; length < chunk.data().remaining(); length++) {
                ByteBuffer data = chunk.data().slice(0, length);
                assertDamaged(new EncodedChunk(chunk.id(), chunk.encoding(), chunk.rawLength(), data), "");
            }
        }
    }

    @Test
    void manyVirtualThreadsMayShareOne() {
        List<CompletableFuture<byte[]>> results = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] raw = rotated(i);
            results.add(CompletableFuture.supplyAsync(() -> roundTrip(raw), Thread.ofVirtual()::start));
        }
        for (int i = 0; i < 300; i++) {
            assertThat(results.get(i).join()).isEqualTo(rotated(i));
        }
    }

    private byte[] roundTrip(byte[] raw) {
        try {
            return decode(encode(raw));
        } catch (CorruptChunkException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] rotated(int by) {
        return Arrays.copyOfRange(Contents.concat(TEXT, TEXT), by, by + TEXT.length);
    }

    private void assertDamaged(EncodedChunk chunk, String reason) {
        assertThatExceptionOfType(CorruptChunkException.class).isThrownBy(() -> codec.decode(chunk))
                .withMessageContaining(reason).withMessageContaining(chunk.id().toHex())
                .matches(e -> e.isPermanent() && e.getId().equals(chunk.id()));
    }

    private void assertDamagedOrEqual(EncodedChunk chunk, byte[] raw) {
        try {
            // A zstd header has a bit that means nothing: flipping it does no damage.
            assertThat(decode(chunk)).isEqualTo(raw);
            assertThat(chunk.encoding()).isEqualTo(Encoding.ZSTD);
        } catch (CorruptChunkException e) {
            assertThat(e.getId()).isEqualTo(chunk.id());
        }
    }

    private EncodedChunk encode(byte[] raw) {
        return codec.encode(id(raw), ByteBuffer.wrap(raw));
    }

    private byte[] decode(EncodedChunk chunk) throws CorruptChunkException {
        return bytes(codec.decode(chunk));
    }

    private static EncodedChunk moved(EncodedChunk chunk) {
        int length = chunk.data().remaining();
        ByteBuffer data = ByteBuffer.allocateDirect(length + 10).put(5, bytes(chunk.data()));
        return new EncodedChunk(chunk.id(), chunk.encoding(), chunk.rawLength(), data.position(5).limit(5 + length));
    }

    private static ChunkId id(byte[] raw) {
        return ChunkCodec.idOf(ByteBuffer.wrap(raw));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
