package org.tidebox.server.http.endpoint;

import jakarta.servlet.Servlet;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.server.http.ApiPaths;
import org.tidebox.server.http.FrameAnswer;
import org.tidebox.server.ingest.Transfers.PatchReceiver;
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.ChunkWishes;
import org.tidebox.wire.ProblemException;

/** Sends chunks as frames, one at a time, each whole or as a patch of what the device has. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + ApiPaths.PATCHES)
public final class PatchesEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public PatchesEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void post(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.device(server.sessions());
        ChunkWishes asked = exchange.read(server.budget(), ChunkWishes.class, Limits.MAX_WISHES_MESSAGE);
        LibraryId library = exchange.library();
        FrameAnswer.send(exchange,
                frames -> server.transfers().fetchPatches(session, library, asked, new Sender(frames)));
    }

    private record Sender(FrameAnswer frames) implements PatchReceiver {
        @Override
        public void chunk(EncodedChunk chunk, int level) throws IOException {
            frames.writer().writeChunk(chunk, level);
        }

        @Override
        public void patch(ChunkPatch patch, int level) throws IOException {
            frames.writer().writePatch(patch, level);
        }
    }
}
