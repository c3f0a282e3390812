package org.tidebox.fuzz.tests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.tidebox.wire.WireException;

/** A stream of frames. The first byte says whether the rest is the stream, or a commit that this target compresses. */
final class FramesTarget implements Target {
    private static final int COMPRESSED_COMMIT = 7;

    /** A chunk's length is believed up to its limit before it has come, and a compressed message up to 16 MiB. */
    @Override
    public long allocation(int length) {
        return (96 << 20) + 2_000L * length;
    }

    @Override
    public void accept(byte[] input) throws Exception {
        Draw draw = new Draw(input);
        boolean compressed = draw.next() == 1;
        byte[] stream = compressed ? compressedCommit(draw.rest()) : draw.rest();
        List<Frame> frames;
        try {
            frames = read(stream);
        } catch (WireException e) {
            return;
        }
        byte[] again = write(frames);
        byte[] twice = write(read(again));
        if (!Arrays.equals(again, twice)) {
            throw new AssertionError("what was read is written in two ways");
        }
    }

    private static List<Frame> read(byte[] stream) throws IOException, WireException {
        FrameReader reader = new FrameReader(new ByteArrayInputStream(stream));
        List<Frame> frames = new ArrayList<>();
        do {
            frames.add(reader.next());
        } while (!(frames.getLast() instanceof EndFrame || frames.getLast() instanceof ProblemFrame));
        return frames;
    }

    private static byte[] write(List<Frame> frames) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(out);
        for (Frame frame : frames) {
            switch (frame) {
                case ChunkFrame chunk -> writer.writeChunk(chunk.chunk(), chunk.level());
                case PatchFrame patch -> writer.writePatch(patch.patch(), patch.level());
                case SignatureFrame signature -> writer.writeSignature(signature.id(), signature.signature());
                case CommitFrame commit -> writer.writeCompressed(commit.commit());
                case EndFrame end -> writer.writeEnd();
                case ProblemFrame problem -> writer.writeProblem(problem.problem());
            }
        }
        return out.toByteArray();
    }

    private static byte[] compressedCommit(byte[] message) {
        byte[] data = Compression.compress(message);
        return ByteBuffer.allocate(5 + 5 + data.length + 5).putInt(Frame.MAGIC).put((byte) Frame.VERSION)
                .put((byte) COMPRESSED_COMMIT).putInt(data.length).put(data).put((byte) 3).putInt(0).array();
    }

    @Override
    public List<byte[]> seeds() {
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(0);
            FrameWriter writer = new FrameWriter(all);
            writer.writeChunk(Samples.chunk("some content"), 0);
            writer.writeChunk(Samples.chunk("more ".repeat(100)), 1);
            writer.writePatch(Samples.patch(), 0);
            writer.writeSignature(Samples.CHUNK, Samples.signature());
            writer.writeCommit(Samples.commit());
            writer.writeEnd();
            ByteArrayOutputStream broken = new ByteArrayOutputStream();
            broken.write(0);
            writer = new FrameWriter(broken);
            writer.writeProblem(Samples.problem());
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            compressed.write(0);
            writer = new FrameWriter(compressed);
            writer.writeCompressed(Samples.commit());
            writer.writeEnd();
            return List.of(all.toByteArray(), broken.toByteArray(), compressed.toByteArray(),
                    Samples.prefixed(1, Samples.cbor(Samples.commit())));
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
    }
}
