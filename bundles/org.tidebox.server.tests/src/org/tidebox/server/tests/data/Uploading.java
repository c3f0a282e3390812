package org.tidebox.server.tests.data;

import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidebox.server.tests.ComponentServer;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Messages.NewLibrary;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.Routes;

/**
 * A device that sends small files over HTTP, one after the other, until it is told to end. Like a real one it sends a
 * commit again when the server says that it cannot be done now; any other answer but success ends it by an error.
 */
public final class Uploading implements Runnable {
    private static final int UNAVAILABLE = 503;

    /** What the server said it has: the chunk of each file by its name. */
    public final Map<String, ChunkId> acknowledged = new ConcurrentSkipListMap<>();
    public final AtomicInteger refused = new AtomicInteger();
    public final String token;
    public final LibraryId library;
    private final ComponentServer server;
    private final Random random;
    private volatile boolean ending;
    private volatile boolean ended;

    public Uploading(ComponentServer server, String account) throws Exception {
        this.server = server;
        this.random = new Random(account.hashCode());
        this.token = server.join(account);
        byte[] wanted = Codec.write(new NewLibrary("docs", LibraryKind.SYNC), Routes.JSON);
        this.library = HttpServer.read(server.post(Routes.LIBRARIES, token, Routes.JSON, wanted), Library.class).id();
    }

    @Override
    public void run() {
        try {
            while (!ending) {
                upload("file" + acknowledged.size());
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            ended = true;
        }
    }

    public void end() {
        ending = true;
    }

    /** Waits until something was acknowledged that was sent after this call. */
    public void awaitMore() {
        int before = acknowledged.size();
        await().atMost(Duration.ofSeconds(40)).until(() -> acknowledged.size() > before + 1 || ended);
    }

    private void upload(String name) throws Exception {
        byte[] content = new byte[500 + random.nextInt(4000)];
        random.nextBytes(content);
        Sent chunk = TestServer.chunk(content);
        Node file = Node.file(NodeId.random(random), NodeId.ROOT, name, TestServer.ATTRIBUTES,
                TestServer.recipe(0, chunk.entry()));
        Commit commit = new Commit(CommitId.random(random), List.of(new Change(0, file)));
        byte[] frames = TestServer.frames(List.of(chunk), commit);
        HttpResponse<byte[]> answer = send(frames);
        while (answer.statusCode() == UNAVAILABLE) {
            refused.incrementAndGet();
            answer = send(frames);
        }
        if (answer.statusCode() != 200
                || !HttpServer.read(answer, Uploaded.class).commit().outcomes().getFirst().isAccepted()) {
            throw new AssertionError(answer.statusCode() + ": " + new String(answer.body()));
        }
        acknowledged.put(name, chunk.id());
    }

    private HttpResponse<byte[]> send(byte[] frames) throws Exception {
        return server.post(Routes.upload(library), token, Routes.FRAMES, frames);
    }
}
