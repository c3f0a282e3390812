package org.tidebox.sync.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.remote.Remote.ChunkReceiver;
import org.tidebox.remote.RemoteException;
import org.tidebox.tree.ChunkId;
import org.tidebox.wire.Frame;
import org.tidebox.wire.Frame.ChunkFrame;
import org.tidebox.wire.Frame.CommitFrame;
import org.tidebox.wire.Frame.EndFrame;
import org.tidebox.wire.Frame.PatchFrame;
import org.tidebox.wire.Frame.ProblemFrame;
import org.tidebox.wire.Frame.SignatureFrame;
import org.tidebox.wire.FrameReader;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** Reads the answer to one request for chunks or for their signatures: only what was asked for. */
abstract class Download {
    private final Failures failures;

    private Download(Failures failures) {
        this.failures = failures;
    }

    /** Takes a patch, or refuses it. */
    @FunctionalInterface
    interface PatchTaker {
        void take(ChunkPatch patch) throws WireException, RemoteException;
    }

    /** Expects exactly these chunks, in that order. */
    static Download ofChunks(Failures failures, List<ChunkId> wanted, ChunkReceiver receiver, PatchTaker patches) {
        return new Chunks(failures, wanted, receiver, patches);
    }

    /** Expects signatures of some of these chunks, and gathers them. */
    static Download ofSignatures(Failures failures, List<ChunkId> wanted, Map<ChunkId, BlockSignature> signatures) {
        return new Signatures(failures, wanted, signatures);
    }

    void read(InputStream body, String mediaType) throws IOException, RemoteException {
        try {
            if (!mediaType.startsWith(Routes.FRAMES)) {
                throw new WireException("expected " + Routes.FRAMES + ", got " + mediaType);
            }
            FrameReader frames = new FrameReader(body);
            for (Frame frame = frames.next(); !(frame instanceof EndFrame); frame = frames.next()) {
                switch (frame) {
                    case ProblemFrame problem -> throw failures.of(problem.problem());
                    case CommitFrame commit -> throw new WireException("a download holds no commits");
                    default -> take(frame);
                }
            }
            end();
        } catch (WireException e) {
            throw failures.of(e);
        }
    }

    abstract void take(Frame frame) throws WireException, RemoteException;

    abstract void end() throws WireException;

    private static final class Chunks extends Download {
        private final List<ChunkId> wanted;
        private final ChunkReceiver receiver;
        private final PatchTaker patches;
        private int received;

        Chunks(Failures failures, List<ChunkId> wanted, ChunkReceiver receiver, PatchTaker patches) {
            super(failures);
            this.wanted = wanted;
            this.receiver = receiver;
            this.patches = patches;
        }

        @Override
        void take(Frame frame) throws WireException, RemoteException {
            switch (frame) {
                case ChunkFrame chunk -> {
                    count(chunk.chunk().id());
                    receiver.chunk(chunk.chunk());
                }
                case PatchFrame patch -> {
                    count(patch.patch().id());
                    patches.take(patch.patch());
                }
                default -> throw new WireException("asked for chunks, got something else");
            }
        }

        private void count(ChunkId id) throws WireException {
            if (received == wanted.size() || !wanted.get(received).equals(id)) {
                throw new WireException("got the chunk " + id + ", which is not the one asked for");
            }
            received++;
        }

        @Override
        void end() throws WireException {
            if (received < wanted.size()) {
                throw new WireException("asked for " + wanted.size() + " chunks, got " + received);
            }
        }
    }

    private static final class Signatures extends Download {
        private final Set<ChunkId> wanted;
        private final Map<ChunkId, BlockSignature> signatures;

        Signatures(Failures failures, List<ChunkId> wanted, Map<ChunkId, BlockSignature> signatures) {
            super(failures);
            this.wanted = new HashSet<>(wanted);
            this.signatures = signatures;
        }

        @Override
        void take(Frame frame) throws WireException {
            if (!(frame instanceof SignatureFrame signature) || !wanted.remove(signature.id())) {
                throw new WireException("asked for the signatures of some chunks, got something else");
            }
            signatures.put(signature.id(), signature.signature());
        }

        @Override
        void end() {
            // Those that are not stored have no signature.
        }
    }
}
