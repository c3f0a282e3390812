package org.tidebox.wire.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.ChunkPatch.Kind;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.EncodedChunk.Encoding;
import org.tidebox.wire.Compression;
import org.tidebox.wire.Frame;
import org.tidebox.wire.Frame.ChunkFrame;
import org.tidebox.wire.Frame.CommitFrame;
import org.tidebox.wire.Frame.EndFrame;
import org.tidebox.wire.Frame.PatchFrame;
import org.tidebox.wire.Frame.ProblemFrame;
import org.tidebox.wire.Frame.SignatureFrame;
import org.tidebox.wire.FrameReader;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Problem;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.WireException;

@Tag("C6")
class FrameTest {
    private static final EncodedChunk SMALL = Samples.chunk(10);
    private static final ChunkPatch PATCH = new ChunkPatch(SMALL.id(), List.of(Samples.chunkId(), Samples.chunkId()),
            Kind.DICTIONARY, 77, SMALL.data());
    private static final BlockSignature SIGNATURE = BlockSignature.of(Samples.chunk(5_000).data());
    private static final EncodedChunk LARGE = Samples.chunk(EncodedChunk.MAX_LENGTH);

    @Test
    void whatIsWrittenIsRead() throws Exception {
        ByteBuffer direct = ByteBuffer.allocateDirect(10).put(SMALL.data().duplicate()).flip();
        EncodedChunk zstd = new EncodedChunk(SMALL.id(), Encoding.ZSTD, 77, direct);
        EncodedChunk empty = Samples.chunk(0);
        byte[] stream = stream(out -> {
            out.writeChunk(SMALL, 0);
            out.writeChunk(zstd, 8);
            out.writeChunk(LARGE, 0);
            out.writeChunk(empty, 0);
            out.writeCommit(Samples.COMMIT);
            out.writeEnd();
        });
        assertThat(readAll(new ByteArrayInputStream(stream))).containsExactly(new ChunkFrame(SMALL, 0),
                new ChunkFrame(zstd, 8), new ChunkFrame(LARGE, 0), new ChunkFrame(empty, 0),
                new CommitFrame(Samples.COMMIT), new EndFrame(4));
        assertThat(SMALL.data().remaining()).isEqualTo(10);
    }

    @Test
    void patchesAndSignaturesTravel() throws Exception {
        byte[] stream = stream(out -> {
            out.writePatch(PATCH, 2);
            out.writeSignature(SMALL.id(), SIGNATURE);
            out.writeSignature(LARGE.id(), new BlockSignature(List.of()));
            out.writeEnd();
        });
        assertThat(readAll(new ByteArrayInputStream(stream))).containsExactly(new PatchFrame(PATCH, 2),
                new SignatureFrame(SMALL.id(), SIGNATURE),
                new SignatureFrame(LARGE.id(), new BlockSignature(List.of())), new EndFrame(3));
    }

    @ParameterizedTest
    @CsvSource({"0,0,1048577,5,1", "0,0,5,1048577,1", "0,0,-1,5,1", "0,0,5,-1,1", "0,2,5,5,1", "0,255,5,5,1",
            "9,0,5,5,1", "0,0,2147483647,2147483647,1", "0,0,5,5,0", "0,0,5,5,5", "0,0,5,5,255"})
    void lyingPatchesAreRefusedBeforeTheirBytesAreRead(int level, int kind, int rawLength, int length, int bases)
            throws Exception {
        byte[] stream = raw(out -> {
            out.writeByte(5);
            out.writeByte(level);
            out.writeByte(kind);
            out.writeInt(rawLength);
            out.writeInt(length);
            out.write(new byte[32]);
            out.writeByte(bases);
        });
        assertThatThrownBy(() -> readAll(new ByteArrayInputStream(stream)))
                .isInstanceOf(WireException.class).hasMessageNotContaining("cut short");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 16385, 2147483647, 9})
    void lyingSignaturesAreRefused(int length) throws Exception {
        byte[] stream = raw(out -> {
            out.writeByte(6);
            out.write(new byte[32]);
            out.writeInt(length);
            out.write(new byte[9]);
        });
        assertThatThrownBy(() -> readAll(new ByteArrayInputStream(stream)))
                .isInstanceOf(WireException.class).hasMessageNotContaining("cut short");
    }

    @Test
    void aProblemEndsADownload() throws Exception {
        Problem problem = ProblemType.INTERNAL.because("the disk broke");
        byte[] stream = stream(out -> {
            out.writeChunk(SMALL, 0);
            out.writeProblem(problem);
        });
        assertThat(readAll(new ByteArrayInputStream(stream)))
                .containsExactly(new ChunkFrame(SMALL, 0), new ProblemFrame(problem));
    }

    @Test
    void aStreamCutAnywhereIsNoticed() throws Exception {
        byte[] whole = stream(out -> {
            out.writeChunk(SMALL, 0);
            out.writePatch(PATCH, 0);
            out.writeSignature(SMALL.id(), SIGNATURE);
            out.writeCommit(Samples.COMMIT);
            out.writeEnd();
        });
        for (int length = 0; length < whole.length; length++) {
            InputStream part = new ByteArrayInputStream(whole, 0, length);
            assertThatThrownBy(() -> readAll(part)).as("cut to %d", length).isInstanceOf(WireException.class);
        }
    }

    @Test
    void bytesBehindTheEndAreNoticed() throws Exception {
        byte[] end = stream(FrameWriter::writeEnd);
        byte[] problem = stream(out -> out.writeProblem(ProblemType.INTERNAL.because("x")));
        for (byte[] whole : List.of(end, problem)) {
            byte[] longer = Arrays.copyOf(whole, whole.length + 1);
            assertThatThrownBy(() -> readAll(new ByteArrayInputStream(longer)))
                    .isInstanceOf(WireException.class).hasMessageContaining("goes on");
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0,1048577,5", "0,0,5,1048577", "0,0,-1,5", "0,0,5,-1", "0,2,5,5", "0,255,5,5", "9,0,5,5",
            "0,0,2147483647,2147483647"})
    void lyingChunksAreRefusedBeforeTheirBytesAreRead(int level, int encoding, int rawLength, int length)
            throws Exception {
        byte[] stream = raw(out -> {
            out.writeByte(1);
            out.writeByte(level);
            out.writeByte(encoding);
            out.writeInt(rawLength);
            out.writeInt(length);
        });
        assertThatThrownBy(() -> readAll(new ByteArrayInputStream(stream)))
                .isInstanceOf(WireException.class).hasMessageNotContaining("cut short");
    }

    @ParameterizedTest
    @CsvSource({"2,-1", "2,16777217", "4,2147483647", "2,16777216"})
    void lyingMessagesTakeNoMemory(int type, int length) throws Exception {
        byte[] stream = raw(out -> {
            out.writeByte(type);
            out.writeInt(length);
            out.writeByte(0xa0);
        });
        assertThatThrownBy(() -> readAll(new ByteArrayInputStream(stream))).isInstanceOf(WireException.class);
    }

    @Test
    void onlyTheEndFollowsACommit() throws Exception {
        byte[] chunk = stream(out -> {
            out.writeCommit(Samples.COMMIT);
            out.writeChunk(SMALL, 0);
            out.writeEnd();
        });
        byte[] commit = stream(out -> {
            out.writeCommit(Samples.COMMIT);
            out.writeCommit(Samples.COMMIT);
            out.writeEnd();
        });
        assertThatThrownBy(() -> readAll(new ByteArrayInputStream(chunk))).hasMessageContaining("follow a commit")
                .isInstanceOf(WireException.class);
        assertThatThrownBy(() -> readAll(new ByteArrayInputStream(commit))).isInstanceOf(WireException.class);
    }

    @Test
    void aWrongCountOrHeaderOrTypeIsRefused() throws Exception {
        assertRefused(raw(out -> {
            out.writeByte(3);
            out.writeInt(1);
        }));
        assertRefused(raw(out -> out.writeByte(8)));
        byte[] good = stream(FrameWriter::writeEnd);
        for (int i = 0; i < 5; i++) {
            byte[] bad = good.clone();
            bad[i]++;
            assertRefused(bad);
        }
    }

    @Test
    void aCompressedCommitIsReadLikeAnyOther() throws Exception {
        byte[] stream = stream(out -> {
            out.writeChunk(SMALL, 0);
            out.writeCompressed(Samples.COMMIT);
            out.writeEnd();
        });
        assertThat(readAll(new ByteArrayInputStream(stream))).containsExactly(new ChunkFrame(SMALL, 0),
                new CommitFrame(Samples.COMMIT), new EndFrame(1));
        byte[] two = stream(out -> {
            out.writeCompressed(Samples.COMMIT);
            out.writeChunk(SMALL, 0);
            out.writeEnd();
        });
        assertThatThrownBy(() -> readAll(new ByteArrayInputStream(two))).hasMessageContaining("follow a commit");
    }

    @Test
    void aCompressedCommitThatLiesTakesNoMemory() throws Exception {
        byte[] tooLong = Compression.compress(new byte[Limits.MAX_MESSAGE + 1]);
        assertThat(tooLong).hasSizeLessThan(10_000);
        byte[] cut = Arrays.copyOf(Compression.compress(new byte[1_000]), 15);
        for (byte[] bad : List.of(tooLong, cut, new byte[20], new byte[0])) {
            assertRefused(raw(out -> {
                out.writeByte(7);
                out.writeInt(bad.length);
                out.write(bad);
            }));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void damageIsRefusedOrReadButNeverBreaks(boolean compressed) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] whole = stream(out -> {
            out.writeChunk(SMALL, 0);
            out.writePatch(PATCH, 0);
            out.writeSignature(SMALL.id(), SIGNATURE);
            if (compressed) {
                out.writeCompressed(Samples.COMMIT);
            } else {
                out.writeCommit(Samples.COMMIT);
            }
            out.writeEnd();
        });
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                readAll(new ByteArrayInputStream(damaged));
            } catch (WireException e) {
                assertThat(e.getMessage()).doesNotContain("jackson", "java.");
            } catch (IOException | RuntimeException e) {
                throw new AssertionError("seed " + seed + " round " + round, e);
            }
        }
    }

    @Test
    void aFailingSourceIsNoWireException() throws Exception {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("unplugged");
            }
        };
        assertThatThrownBy(() -> new FrameReader(failing).next())
                .isInstanceOf(IOException.class).hasMessage("unplugged");
    }

    @Test
    void nothingIsReadBeyondTheLastFrame() throws Exception {
        FrameReader reader = new FrameReader(new ByteArrayInputStream(stream(FrameWriter::writeEnd)));
        assertThat(reader.next()).isEqualTo(new EndFrame(0));
        assertThatThrownBy(reader::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theWriterRefusesWhatNobodyMayRead() throws Exception {
        FrameWriter writer = new FrameWriter(OutputStream.nullOutputStream());
        assertThatThrownBy(() -> writer.writeChunk(Samples.chunk(EncodedChunk.MAX_LENGTH + 1), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.writeChunk(SMALL, 9)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(byte[] stream) {
        assertThatThrownBy(() -> readAll(new ByteArrayInputStream(stream))).isInstanceOf(WireException.class);
    }

    private static List<Frame> readAll(InputStream stream) throws IOException, WireException {
        FrameReader reader = new FrameReader(stream);
        List<Frame> frames = new ArrayList<>();
        Frame frame;
        do {
            frame = reader.next();
            frames.add(frame);
        } while (!(frame instanceof EndFrame || frame instanceof ProblemFrame));
        return frames;
    }

    private interface Script<T> {
        void write(T out) throws IOException;
    }

    private static byte[] stream(Script<FrameWriter> script) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(bytes);
        script.write(writer);
        writer.flush();
        return bytes.toByteArray();
    }

    private static byte[] raw(Script<DataOutputStream> script) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(Frame.MAGIC);
        out.writeByte(Frame.VERSION);
        script.write(out);
        return bytes.toByteArray();
    }
}
