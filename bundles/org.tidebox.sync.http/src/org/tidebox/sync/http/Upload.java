package org.tidebox.sync.http;

import java.io.IOException;
import org.tidebox.remote.Remote.ChunkStream;
import org.tidebox.remote.Remote.Outgoing;
import org.tidebox.remote.Remote.Patched;
import org.tidebox.remote.Remote.Whole;
import org.tidebox.remote.RemoteException;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.Routes;

/**
 * An upload: the caller's thread pulls the chunks and writes frames.
 *
 * <p>A long upload is cut into several requests, the last of which has the commit. A server reads a request to its end
 * before it answers, so a refusal costs up to one request; and what an answer has confirmed need not be sent again after
 * a failure.
 */
final class Upload {
    /** A request ends after the chunk that brings it to this many encoded bytes. */
    static final long REQUEST_BYTES = 64 << 20;
    private final Requests requests;
    private final LibraryId library;
    private final ChunkStream chunks;
    private final boolean compressed;
    private boolean exhausted;

    /**
     * Sends nothing yet.
     *
     * @param compressed whether the commit is to be
     */
    Upload(Requests requests, LibraryId library, ChunkStream chunks, boolean compressed) {
        this.requests = requests;
        this.library = library;
        this.chunks = chunks;
        this.compressed = compressed;
    }

    CommitResult send(Commit commit) throws RemoteException {
        Uploaded uploaded;
        do {
            uploaded = sendRequest(commit);
        } while (!exhausted);
        return uploaded.commit();
    }

    private Uploaded sendRequest(Commit commit) throws RemoteException {
        try (UploadBody body = new UploadBody(requests, Routes.upload(library))) {
            write(new FrameWriter(requests.throttles().up().slow(body)), commit);
            return requests.read(body.answer(), Uploaded.class);
        } catch (IOException e) {
            throw requests.failures().of(e);
        }
    }

    private void write(FrameWriter frames, Commit commit) throws RemoteException, IOException {
        long bytes = 0;
        while (!exhausted && bytes < REQUEST_BYTES) {
            Outgoing next = chunks.next();
            exhausted = next == null;
            if (!exhausted) {
                bytes += write(frames, next);
            }
        }
        if (exhausted && commit != null && compressed) {
            frames.writeCompressed(commit);
        } else if (exhausted && commit != null) {
            frames.writeCommit(commit);
        }
        frames.writeEnd();
    }

    private static int write(FrameWriter frames, Outgoing next) throws IOException {
        switch (next) {
            case Whole whole -> {
                frames.writeChunk(whole.chunk(), whole.level());
                return whole.chunk().data().remaining();
            }
            case Patched patched -> {
                frames.writePatch(patched.patch(), patched.level());
                return patched.patch().data().remaining();
            }
        }
    }
}
