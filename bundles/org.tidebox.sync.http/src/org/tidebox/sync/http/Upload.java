package org.tidebox.sync.http;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.tidebox.sync.Remote.ChunkStream;
import org.tidebox.sync.Remote.Outgoing;
import org.tidebox.sync.Remote.Patched;
import org.tidebox.sync.Remote.Whole;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.RemoteException.Reason;
import org.tidebox.sync.http.RequestBody.StoppedException;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.Routes;

/**
 * An upload: the caller's thread pulls the chunks and writes frames, the HTTP client sends what is there.
 *
 * <p>A long upload is cut into several requests, the last of which has the commit. The platform's HTTP client hands an
 * answer out only when the request is at its end, so a refusal costs up to one request; and what an answer has
 * confirmed need not be sent again after a failure.
 */
final class Upload {
    /** A request ends after the chunk that brings it to this many encoded bytes. */
    static final long REQUEST_BYTES = 64 << 20;
    private final Requests requests;
    private final LibraryId library;
    private final ChunkStream chunks;
    private final long bytes;
    private boolean exhausted;

    Upload(Requests requests, LibraryId library, ChunkStream chunks) {
        this.requests = requests;
        this.library = library;
        this.chunks = chunks;
        this.bytes = chunks.bytes();
    }

    CommitResult send(Commit commit) throws RemoteException {
        Uploaded uploaded;
        do {
            uploaded = sendRequest(commit);
        } while (!exhausted);
        return uploaded.commit();
    }

    private Uploaded sendRequest(Commit commit) throws RemoteException {
        RequestBody body = new RequestBody(requests.patience().progress());
        HttpRequest request = requests.request(Routes.upload(library)).version(Requests.versionFor(bytes))
                .header("Content-Type", Routes.FRAMES).POST(body).build();
        CompletableFuture<HttpResponse<ResponseBody>> answer = requests.start(request);
        // Whatever ends the exchange early, an answer or a failure, must wake a writer that waits for room.
        answer.whenComplete((response, failure) -> body.stop());
        try {
            boolean whole = write(new FrameWriter(requests.throttles().up().slow(body)), commit);
            if (whole) {
                body.finish();
            }
            HttpResponse<ResponseBody> response = requests.good(requests.await(answer, body::taken));
            if (!whole) {
                throw new RemoteException(Reason.FAILED,
                        requests.address() + " answered an upload before it had all of it", null);
            }
            return requests.read(response, Uploaded.class);
        } catch (IOException e) {
            throw requests.failures().of(e);
        } finally {
            // Nothing happens here after a whole upload.
            body.fail(new IOException("the upload was given up"));
            answer.cancel(true);
        }
    }

    private boolean write(FrameWriter frames, Commit commit) throws RemoteException, IOException {
        try {
            long bytes = 0;
            while (!exhausted && bytes < REQUEST_BYTES) {
                Outgoing next = chunks.next();
                exhausted = next == null;
                if (!exhausted) {
                    bytes += write(frames, next);
                }
            }
            if (exhausted && commit != null) {
                frames.writeCommit(commit);
            }
            frames.writeEnd();
            return true;
        } catch (StoppedException e) {
            return false;
        }
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
