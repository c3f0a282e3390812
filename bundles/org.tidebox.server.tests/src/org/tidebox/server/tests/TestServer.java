package org.tidebox.server.tests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tidebox.auth.Authenticator;
import org.tidebox.auth.password.Cost;
import org.tidebox.auth.password.PasswordAuthenticator;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.delta.PatchCodec;
import org.tidebox.feature.Lease;
import org.tidebox.feature.SwapPoint;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.ServerFeatures;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.ServerStartException;
import org.tidebox.server.data.Stores;
import org.tidebox.server.limits.Budget;
import org.tidebox.server.login.StoredVerifiers;
import org.tidebox.server.operator.LocalAdmin;
import org.tidebox.server.session.Session;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.Messages.Login;
import org.tidebox.wire.Messages.NewLibrary;
import org.tidebox.wire.Messages.Uploaded;

/** A whole server without HTTP, on Derby and files in a folder, with cheap passwords and a clock of its own. */
public final class TestServer implements AutoCloseable {
    public static final String PASSWORD = "correct horse battery";
    public static final String ADDRESS = "192.0.2.1";
    public static final Attributes ATTRIBUTES = new Attributes(0644, 1_700_000_000_000_000_000L);

    public final TestClock clock = new TestClock();
    public final TestStorage storage;
    public final TestProcess process = new TestProcess();
    public final SwapPoint<Authenticator> authenticators = new SwapPoint<>("auth");
    public final SwapPoint<Chunker> chunkers = new SwapPoint<>(ChunkerRegistry.POINT);
    public final ServerFeatures features;
    public final ServerData data;
    public final TideboxServer server;
    public final LocalAdmin admin;
    public final Random random = new Random(7);

    public TestServer(Path folder) throws Exception {
        this(new ServerLocation(folder, "localhost", 0, false, Map.of()));
    }

    public TestServer(ServerLocation location) throws Exception {
        this(location, new TestStorage());
    }

    public TestServer(Path folder, Budget budget) throws Exception {
        this(new ServerLocation(folder, "localhost", 0, false, Map.of()), new TestStorage(), budget);
    }

    public TestServer(ServerLocation location, TestStorage storage) throws Exception {
        this(location, storage, Budget.ofHeap());
    }

    private TestServer(ServerLocation location, TestStorage storage, Budget budget) throws Exception {
        this.storage = storage;
        FreshDatabase.copyTo(location.data());
        features = new ServerFeatures(location, () -> List.of(authenticators, storage.packs));
        data = new ServerData(location, storage, features, process);
        try {
            data.awaitOpen();
        } catch (ServerStartException e) {
            data.close();
            throw e;
        }
        PasswordAuthenticator passwords = new PasswordAuthenticator(new StoredVerifiers(data), new Cost(64, 1, 1));
        chunkers.add(FastCdcChunker.NAME, 0, new FastCdcChunker());
        authenticators.add(PasswordAuthenticator.NAME, 0, passwords);
        server = new TideboxServer(data, authenticators::acquireAll, chunkers::acquire, clock, budget);
        server.bindEnrolment(passwords);
        admin = new LocalAdmin(server, features);
    }

    /** Adds a person and lets a device of hers in; returns its token. */
    public String join(String account) throws Exception {
        admin.addAccount(account, PASSWORD);
        return login(account);
    }

    public String login(String account) throws Exception {
        return server.logins().login(new Login(account, PASSWORD, "laptop"), ADDRESS).token();
    }

    public Session session(String account) throws Exception {
        return server.sessions().check(join(account), ADDRESS);
    }

    public LibraryId library(Session session, String name) throws Exception {
        return server.libraries().create(session, new NewLibrary(name, LibraryKind.SYNC)).library().id();
    }

    public CommitResult commit(Session session, LibraryId library, Change... changes) throws Exception {
        return upload(session, library, List.of(), new Commit(CommitId.random(random), List.of(changes))).commit();
    }

    public Uploaded upload(Session session, LibraryId library, List<Sent> chunks, Commit commit) throws Exception {
        return server.transfers().upload(session, library, new ByteArrayInputStream(frames(chunks, commit)));
    }

    public Uploaded upload(Session session, LibraryId library, Sent... chunks) throws Exception {
        return upload(session, library, List.of(chunks), null);
    }

    /** Completes the pack of an account that grows, as a full one is. */
    public void seal(Session session) throws Exception {
        try (Lease<Stores> stores = data.acquire()) {
            stores.get().packs().seal(Stores.spaceOf(session.account().id()));
        }
    }

    public NodeId newId() {
        return NodeId.random(random);
    }

    public Node folder(NodeId parent, String name) {
        return Node.folder(newId(), parent, name, ATTRIBUTES);
    }

    public Node file(NodeId parent, String name, Recipe recipe) {
        return Node.file(newId(), parent, name, ATTRIBUTES, recipe);
    }

    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    public static byte[] frames(List<Sent> chunks, Commit commit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(out);
        for (Sent sent : chunks) {
            if (sent.patch() == null) {
                writer.writeChunk(sent.chunk(), sent.level());
            } else {
                writer.writePatch(sent.patch(), sent.level());
            }
        }
        if (commit != null) {
            writer.writeCommit(commit);
        }
        writer.writeEnd();
        return out.toByteArray();
    }

    public static Sent chunk(byte[] raw) {
        return chunk(raw, 0);
    }

    public static Sent chunk(byte[] raw, int level) {
        ByteBuffer buffer = ByteBuffer.wrap(raw);
        return new Sent(new ChunkCodec().encode(ChunkCodec.idOf(buffer), buffer), level);
    }

    /** Returns a piece of content that is sent as a patch of another one. */
    public static Sent patch(byte[] raw, byte[] base) {
        Sent whole = chunk(raw);
        ChunkPatch patch = new PatchCodec().byDictionary(whole.id(), ByteBuffer.wrap(raw),
                List.of(ChunkCodec.idOf(ByteBuffer.wrap(base))), List.of(ByteBuffer.wrap(base))).orElseThrow();
        return new Sent(whole.chunk(), 0, patch);
    }

    public static Sent list(int level, RecipeEntry... entries) {
        return chunk(Recipe.encodeEntries(List.of(entries)), level);
    }

    public static Recipe recipe(int depth, RecipeEntry... entries) {
        return new Recipe("fastcdc", depth, List.of(entries));
    }

    @Override
    public void close() {
        server.close();
        data.close();
    }

    /**
     * A chunk with the level that it is sent at.
     *
     * @param patch what is sent in its place, or {@code null}
     */
    public record Sent(EncodedChunk chunk, int level, ChunkPatch patch) {
        public Sent(EncodedChunk chunk, int level) {
            this(chunk, level, null);
        }

        public Sent whole() {
            return new Sent(chunk, level);
        }

        public ChunkId id() {
            return chunk.id();
        }

        public RecipeEntry entry() {
            return new RecipeEntry(chunk.id(), chunk.rawLength());
        }
    }
}
