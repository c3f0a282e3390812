package org.tidebox.sync.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.tidebox.sync.Remote.ChunkReceiver;
import org.tidebox.sync.RemoteException;
import org.tidebox.tree.ChunkId;
import org.tidebox.wire.Frame;
import org.tidebox.wire.Frame.ChunkFrame;
import org.tidebox.wire.Frame.CommitFrame;
import org.tidebox.wire.Frame.EndFrame;
import org.tidebox.wire.Frame.ProblemFrame;
import org.tidebox.wire.FrameReader;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** Reads the answer to one request for chunks: exactly those asked for, in that order. */
final class Download {
    private final Failures failures;
    private final List<ChunkId> wanted;
    private int received;

    Download(Failures failures, List<ChunkId> wanted) {
        this.failures = failures;
        this.wanted = wanted;
    }

    void read(InputStream body, String mediaType, ChunkReceiver receiver) throws IOException, RemoteException {
        try {
            if (!mediaType.startsWith(Routes.FRAMES)) {
                throw new WireException("expected " + Routes.FRAMES + ", got " + mediaType);
            }
            FrameReader frames = new FrameReader(body);
            for (Frame frame = frames.next(); !(frame instanceof EndFrame); frame = frames.next()) {
                switch (frame) {
                    case ChunkFrame chunk -> take(chunk, receiver);
                    case ProblemFrame problem -> throw failures.of(problem.problem());
                    case CommitFrame commit -> throw new WireException("a download holds no commits");
                    case EndFrame end -> throw new IllegalStateException("ends the loop");
                }
            }
            if (received < wanted.size()) {
                throw new WireException("asked for " + wanted.size() + " chunks, got " + received);
            }
        } catch (WireException e) {
            throw failures.of(e);
        }
    }

    private void take(ChunkFrame frame, ChunkReceiver receiver) throws WireException, RemoteException {
        ChunkId id = frame.chunk().id();
        if (received == wanted.size() || !wanted.get(received).equals(id)) {
            throw new WireException("got the chunk " + id + ", which is not the one asked for");
        }
        received++;
        receiver.chunk(frame.chunk());
    }
}
