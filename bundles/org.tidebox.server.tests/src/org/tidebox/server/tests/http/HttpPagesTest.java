package org.tidebox.server.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.http.ApiPaths;
import org.tidebox.server.limits.Budget;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.ChunkWish;
import org.tidebox.wire.Messages.ChunkWishes;
import org.tidebox.wire.Messages.FoldersAsOf;
import org.tidebox.wire.Messages.History;
import org.tidebox.wire.Messages.HistoryEntry;
import org.tidebox.wire.Messages.NodeIds;
import org.tidebox.wire.Routes;

/** A library of the heaviest nodes there can be: no answer holds more than its page, and none is in memory as a whole. */
@Tag("D6")
@Timeout(180)
class HttpPagesTest {
    private static final int BUDGET = 12 << 20;
    private static final int NODES = 120;
    /** A commit takes memory for what it meets, of which there is little here. */
    private static final int PORTION = 20;
    /** JSON tells an entry of a recipe with about twice as many bytes as it weighs, and an attribute with more. */
    private static final int MOST_JSON = 4 * (ChangePage.MAX_WEIGHT + (64 << 10));
    @TempDir
    static Path folder;
    private static HttpServer server;
    private static String token;
    private static LibraryId library;
    private static Node parent;
    private static Node often;
    private static List<Node> nodes = new ArrayList<>();

    @BeforeAll
    static void open() throws Exception {
        server = new HttpServer(folder, new Budget(BUDGET, Duration.ofSeconds(60)));
        token = server.core.join("ada");
        Session session = server.core.server.sessions().check(token, "192.0.2.1");
        library = server.core.library(session, "docs");
        Sent piece = TestServer.chunk(server.core.bytes(10));
        server.core.upload(session, library, piece);
        Attributes heavy = TestServer.ATTRIBUTES.withExtended(
                ExtendedAttributes.of(Map.of("v", new byte[ExtendedAttributes.MAX_BYTES - 4])));
        Recipe recipe = TestServer.recipe(0,
                Collections.nCopies(Recipe.MAX_ENTRIES, piece.entry()).toArray(RecipeEntry[]::new));
        parent = server.core.folder(NodeId.ROOT, "folder");
        server.core.commit(session, library, new Change(0, parent));
        for (int i = 0; i < NODES; i++) {
            nodes.add(server.core.file(parent.id(), "n" + i, recipe).withAttributes(heavy));
        }
        commit(session, nodes.stream().map(node -> new Change(0, node)).toList());
        often = server.core.file(NodeId.ROOT, "often", recipe).withAttributes(heavy);
        for (int i = 0; i < NODES; i++) {
            long base = i == 0 ? 0 : server.core.server.libraries().find(session, library).head();
            commit(session, List.of(new Change(base, often.withPlace(NodeId.ROOT, "o" + i))));
        }
        List<Node> gone = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            gone.add(server.core.file(NodeId.ROOT, "g" + i, recipe).withAttributes(heavy));
        }
        commit(session, gone.stream().map(node -> new Change(0, node)).toList());
        long first = server.core.server.libraries().find(session, library).head() - NODES + 1;
        List<Change> deletions = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            deletions.add(new Change(first + i, gone.get(i).withDeleted(true)));
        }
        commit(session, deletions);
    }

    private static void commit(Session session, List<Change> changes) throws Exception {
        for (int from = 0; from < changes.size(); from += PORTION) {
            List<Change> some = changes.subList(from, Math.min(from + PORTION, changes.size()));
            assertThat(server.core.commit(session, library, some.toArray(Change[]::new)).outcomes())
                    .allMatch(outcome -> outcome.isAccepted());
        }
    }

    @AfterAll
    static void close() {
        assertThat(server.core.server.budget().held()).isZero();
        server.close();
    }

    @Test
    void noRouteAnswersWithMoreThanAPage() throws Exception {
        Map<String, HttpResponse<byte[]>> answers = new LinkedHashMap<>();
        List<NodeId> ids = nodes.stream().map(Node::id).toList();
        List<ChunkId> chunks = List.of(nodes.getFirst().recipe().entries().getFirst().id());
        answers.put(Routes.INFO, server.get(Routes.INFO, token));
        answers.put(Routes.OPENAPI, server.get(Routes.OPENAPI, token));
        answers.put(Routes.LIBRARIES, server.get(Routes.LIBRARIES, token));
        answers.put(ApiPaths.CHANGES, server.get(Routes.changes(library) + "?limit=5000", token));
        answers.put(ApiPaths.HISTORY, server.get(Routes.history(library) + "?node=" + often.id(), token));
        answers.put(ApiPaths.TREE, server.get(Routes.tree(library) + "?limit=5000", token));
        answers.put(ApiPaths.DELETED, server.get(Routes.deleted(library) + "?limit=5000", token));
        answers.put("folders", server.post(Routes.tree(library), token,
                new FoldersAsOf(Long.MAX_VALUE, List.of(parent.id()), 0, 5_000)));
        answers.put(ApiPaths.MOMENT, server.get(Routes.moment(library) + "?time=2026-01-31T12:00:00Z", token));
        answers.put(ApiPaths.FORMERLY,
                server.get(Routes.formerly(library) + "?parent=" + parent.id() + "&name=x", token));
        answers.put(ApiPaths.CONFIRMED, server.get(Routes.confirmed(library), token));
        answers.put(Routes.DEVICES, server.get(Routes.DEVICES, token));
        answers.put(ApiPaths.FOLDERS, server.get(Routes.folders(library) + "/folder?limit=5000", token));
        answers.put(Routes.SESSION, server.get(Routes.SESSION, token));
        answers.put(ApiPaths.WANTED, server.get(Routes.wanted(library), token));
        answers.put(ApiPaths.MISSING, server.post(Routes.missing(library), token, new ChunkIds(chunks)));
        answers.forEach((route, answer) -> {
            assertThat(answer.statusCode()).as(route).isEqualTo(200);
            assertThat(answer.body().length).as(route).isLessThan(MOST_JSON);
        });
        // What was asked for by name comes whole, piece by piece; a device asks for few at once.
        assertThat(server.post(Routes.nodes(library), token, new NodeIds(ids)).body().length)
                .isLessThan(Limits.MAX_MESSAGE);
        // A file comes chunk by chunk; the rest answers with frames of which each is read alone, or with a token, or never ends.
        List<String> others = List.of(Routes.LOGIN, Routes.JOIN, Routes.LOGOUT, Routes.REMOVE_DEVICE,
                Routes.PASSWORD, Routes.EVENTS, ApiPaths.FETCH,
                ApiPaths.SIGNATURES, ApiPaths.PATCHES, ApiPaths.UPLOAD, ApiPaths.NODES, ApiPaths.FILES);
        List<String> untold = ApiPaths.API.stream()
                .filter(path -> !answers.containsKey(path) && !others.contains(path)).toList();
        assertThat(untold).as("routes that nobody has looked at").isEmpty();
    }

    @Test
    void historyIsReadPageByPage() throws Exception {
        List<Long> sequences = new ArrayList<>();
        long before = Long.MAX_VALUE;
        List<HistoryEntry> page;
        do {
            page = HttpServer.read(server.get(
                    Routes.history(library) + "?node=" + often.id() + "&before=" + before + "&limit=5000", token),
                    History.class).versions();
            page.forEach(entry -> sequences.add(entry.node().sequence()));
            before = page.isEmpty() ? 0 : page.getLast().node().sequence();
        } while (!page.isEmpty());
        assertThat(sequences).hasSize(NODES).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void nodesThatWereAskedForAllCome() throws Exception {
        List<NodeId> ids = nodes.stream().map(Node::id).toList();
        for (String type : List.of(Routes.JSON, Routes.CBOR)) {
            HttpResponse<byte[]> answer = server.send(server.request(Routes.nodes(library), token)
                    .header("Content-Type", type).header("Accept", type)
                    .POST(BodyPublishers.ofByteArray(Codec.write(new NodeIds(ids), type))));
            assertThat(HttpServer.read(answer, History.class).versions()).extracting(entry -> entry.node().id())
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    /** Twenty-four at once, with memory for two: they take turns. */
    @Test
    void manyHeavyPagesAtOnceAllCome() throws Exception {
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            answers.add(server.client.sendAsync(server.request(Routes.changes(library), token).GET().build(),
                    BodyHandlers.ofByteArray()));
        }
        for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
    }

    /**
     * Bodies are read as they come and counted: the largest that a route takes is asked for before. What has no room is
     * sent away at once, since bodies of one connection that wait would stand in the way of those that are read.
     */
    @Test
    void largeBodiesAtOnceTakeNoMoreThanThereIs(@TempDir Path own) throws Exception {
        try (HttpServer hasty = new HttpServer(own, new Budget(BUDGET, Duration.ofSeconds(2)))) {
            String owner = hasty.join("ada");
            LibraryId empty = hasty.library(owner);
            Sent piece = TestServer.chunk(hasty.core.bytes(10));
            hasty.core.upload(hasty.core.server.sessions().check(owner, TestServer.ADDRESS), empty, piece);
            assertBodiesTakeTurns(hasty, owner, empty, piece.id());
        }
        byte[] huge = Codec.write(new ChunkIds(Collections.nCopies(2 * Limits.MAX_IDS,
                nodes.getFirst().recipe().entries().getFirst().id())), Routes.JSON);
        assertThat(server.post(Routes.nodes(library), token, Routes.JSON, huge).statusCode()).isEqualTo(413);
    }

    private static void assertBodiesTakeTurns(HttpServer hasty, String owner, LibraryId empty, ChunkId piece)
            throws Exception {
        byte[] body = Codec.write(new NodeIds(Collections.nCopies(Limits.MAX_IDS, NodeId.ROOT)), Routes.JSON);
        byte[] wishes = Codec.write(
                new ChunkWishes(Collections.nCopies(Limits.MAX_IDS / 20, new ChunkWish(piece, List.of()))),
                Routes.JSON);
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            boolean even = i % 2 == 0;
            answers.add(hasty.client.sendAsync(hasty.request(
                    even ? Routes.nodes(empty) : Routes.patches(empty), owner).header("Content-Type", Routes.JSON)
                    .POST(BodyPublishers.ofByteArray(even ? body : wishes)).build(), BodyHandlers.ofByteArray()));
        }
        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
            statuses.add(answer.get().statusCode());
            assertThat(answer.get().statusCode() == 429).isEqualTo(
                    answer.get().headers().firstValue("Retry-After").isPresent());
        }
        assertThat(statuses).contains(200).containsAnyOf(429).isSubsetOf(200, 429);
    }
}
