package org.tidebox.sync.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.feature.SystemTime;
import org.tidebox.sync.Problem;
import org.tidebox.sync.past.Deleted;
import org.tidebox.sync.past.Export;
import org.tidebox.sync.past.PastTree;
import org.tidebox.sync.past.PastTree.Placed;
import org.tidebox.sync.past.Restorer;
import org.tidebox.sync.past.Trash;
import org.tidebox.sync.past.Versions;
import org.tidebox.sync.past.Versions.Version;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Messages.HistoryEntry;

/** What was is found again, and comes back. */
@Tag("A3")
class RestoreTest {
    private static final String MARK = "restored 2026-03-01 101530";

    @TempDir
    Path temporary;

    private final MemoryRemote server = new MemoryRemote();
    private final Random random = new Random(21);
    private Device one;
    private Device two;

    @BeforeEach
    void startDevices() throws IOException {
        one = new Device("one", temporary.resolve("one"), server, new MemoryTreeStore(), 1);
        two = new Device("two", temporary.resolve("two"), server, new MemoryTreeStore(), 2);
    }

    @AfterEach
    void stopDevices() {
        one.close();
        two.close();
    }

    @Test
    void versionComesBackAsANewOneAndNoContentGoesUp() throws Exception {
        one.write("dir/letter", "first");
        quiet();
        two.write("dir/letter", "second, by two");
        quiet();
        NodeId id = node("letter").id();
        Files.move(one.path("dir/letter"), one.path("renamed"));
        quiet();
        long sent = server.chunksUp;

        Restorer restorer = restorer();
        restorer.bring(List.of(placed(id, 1)), true);
        Restorer.Result result = restorer.finish();
        quiet();

        assertThat(result.files()).isEqualTo(1);
        assertThat(one.read("renamed")).isEqualTo("first");
        assertThat(two.content()).containsOnlyKeys("dir", "renamed");
        assertThat(server.chunksUp).isEqualTo(sent);
        assertThat(server.history(Device.LIBRARY, id)).hasSize(4);
    }

    @Test
    void versionsTellTheirPathsThroughRenamesOfFileAndFolders() throws Exception {
        one.write("a/b/letter", "first");
        quiet();
        Files.move(one.path("a"), one.path("z"));
        quiet();
        two.write("z/b/letter", "second, longer");
        quiet();
        Files.move(one.path("z/b/letter"), one.path("post"));
        quiet();

        List<Version> versions = new Versions(server, Device.LIBRARY).of(node("post").id());

        assertThat(versions).extracting(Version::path).containsExactly("post", "z/b/letter", "a/b/letter");
        assertThat(versions).extracting(Version::number).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void deletedTreeComesBackAsItWas() throws Exception {
        one.write("docs/deep/letter", "Dear Ada");
        one.write("docs/script", "#!");
        Files.setPosixFilePermissions(one.path("docs/script"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(one.path("docs/script"),
                FileTime.from(Instant.ofEpochSecond(1_000_000, 123_000_000)));
        Files.createDirectories(one.path("docs/empty"));
        Files.createSymbolicLink(one.path("docs/link"), Path.of("deep/letter"));
        one.write("stays", "here");
        quiet();
        TreeMap<String, String> before = one.content();
        Set<NodeId> ids = server.live().stream().map(Node::id).collect(Collectors.toSet());
        server.second(100);
        remove(one.path("docs"));
        quiet();

        Trash.Item item = Trash.open(server, Device.LIBRARY, one.store()).items().getFirst();
        assertThat(item.path()).isEqualTo("docs");
        assertThat(item.inside()).hasSize(5);
        bringBack(item);
        quiet();

        assertThat(one.content()).isEqualTo(before);
        assertThat(two.content()).isEqualTo(before);
        assertThat(server.live()).extracting(Node::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(Trash.open(server, Device.LIBRARY, one.store()).items()).isEmpty();
    }

    @Test
    void trashListsOncePerDeletionAndFindsByPathAndId() throws Exception {
        one.write("kept", "");
        one.write("docs/old", "1");
        one.write("docs/new", "2");
        one.write("other", "3");
        quiet();
        server.second(1_000);
        Files.delete(one.path("docs/old"));
        quiet();
        server.second(5_000);
        remove(one.path("docs"));
        quiet();
        server.second(9_000);
        Files.delete(one.path("other"));
        quiet();

        Trash trash = Trash.open(server, Device.LIBRARY, one.store());

        assertThat(trash.items()).extracting(Trash.Item::path).containsExactly("other", "docs", "docs/old");
        Trash.Item docs = trash.byPath("docs").orElseThrow();
        assertThat(docs.inside()).extracting(Deleted::name).containsExactly("new");
        assertThat(trash.byId(docs.top().id().toHex().substring(0, 8))).contains(docs);
        assertThat(trash.byPath("docs/new")).isPresent();
        assertThat(trash.byId("")).isEmpty();
        assertThat(trash.byPath("nothing")).isEmpty();
    }

    @Test
    void fileComesBackBesideTheOneThatTookItsNameAndIntoFoldersThatAreThereAgain() throws Exception {
        one.write("kept", "");
        one.write("docs/letter.txt", "old");
        quiet();
        remove(one.path("docs"));
        quiet();
        one.write("docs/letter.txt", "another letter");
        quiet();

        bringBack(Trash.open(server, Device.LIBRARY, one.store()).byPath("docs").orElseThrow());
        quiet();

        assertThat(two.content()).containsOnlyKeys("kept", "docs", "docs/letter.txt",
                "docs/letter (" + MARK + ").txt");
        assertThat(two.read("docs/letter.txt")).isEqualTo("another letter");
        assertThat(two.read("docs/letter (" + MARK + ").txt")).isEqualTo("old");
    }

    @Test
    void fileComesBackWithTheFoldersAboveIt() throws Exception {
        one.write("kept", "");
        one.write("a/b/letter", "Dear Ada");
        quiet();
        remove(one.path("a"));
        quiet();

        bringBack(Trash.open(server, Device.LIBRARY, one.store()).byPath("a/b/letter").orElseThrow());
        quiet();

        assertThat(two.content()).containsOnlyKeys("kept", "a", "a/b", "a/b/letter");
    }

    @Test
    void folderGoesBackToATimeAndWhatCameLaterStays() throws Exception {
        one.write("docs/a", "a");
        one.write("docs/b", "b");
        one.write("docs/sub/c", "c");
        quiet();
        long then = server.head();
        one.write("docs/a", "ruined");
        Files.move(one.path("docs/b"), one.path("b elsewhere"));
        remove(one.path("docs/sub"));
        one.write("docs/later", "new");
        quiet();

        bringTree(then, node("docs").id());
        quiet();

        assertThat(two.content()).containsOnlyKeys("docs", "docs/a", "docs/b", "docs/sub", "docs/sub/c", "docs/later");
        assertThat(two.read("docs/a")).isEqualTo("a");
        assertThat(two.read("docs/sub/c")).isEqualTo("c");
    }

    @Test
    void namesThatWereSwappedAreSwappedBack() throws Exception {
        one.write("a", "was a");
        one.write("b", "was b, longer");
        quiet();
        long then = server.head();
        Files.move(one.path("a"), one.path("x"));
        Files.move(one.path("b"), one.path("a"));
        Files.move(one.path("x"), one.path("b"));
        quiet();

        bringTree(then, NodeId.ROOT);
        quiet();

        // A swap needs a third name, and nobody is to lose one: both texts are there.
        assertThat(two.content().values().stream().map(RestoreTest::text)).contains("was a", "was b, longer");
    }

    @Test
    void editThatWasNotUploadedBecomesAConflictCopy() throws Exception {
        one.write("letter", "first");
        quiet();
        one.write("letter", "second!");
        quiet();
        one.write("letter", "not uploaded");

        Restorer restorer = restorer();
        restorer.bring(List.of(placed(node("letter").id(), 1)), true);
        restorer.finish();
        quiet();

        assertThat(one.read("letter")).isEqualTo("first");
        assertThat(one.content()).hasSize(2);
        assertThat(one.content().values()).anyMatch(text -> text.endsWith("not uploaded"));
        assertThat(two.content()).isEqualTo(one.content());
    }

    @Test
    void contentThatRetentionLetGoIsToldAndTheOthersComeBack() throws Exception {
        one.write("good", "good content");
        one.write("bad", "bad content");
        quiet();
        long then = server.head();
        Node bad = node("bad");
        remove(one.path("good"));
        one.write("bad", "newer content");
        quiet();
        server.forget(bad.recipe().entries().getFirst().id());

        Restorer.Result result = bringTree(then, NodeId.ROOT);
        quiet();

        assertThat(result.problems()).extracting(Problem::path).containsExactly("bad");
        assertThat(two.read("good")).isEqualTo("good content");
        assertThat(two.read("bad")).isEqualTo("newer content");
    }

    @Test
    void exportTakesNothingAwayAndTellsWhatIsMissing() throws Exception {
        one.write("good", "good content");
        one.write("bad", "bad content");
        one.write("taken", "from the server");
        quiet();
        server.forget(node("bad").recipe().entries().getFirst().id());
        Path target = Files.createDirectories(temporary.resolve("out"));
        Files.writeString(target.resolve("taken"), "mine");

        List<Problem> problems = export(server.head(), target);

        assertThat(problems).extracting(Problem::path).containsExactlyInAnyOrder("bad", "taken");
        assertThat(Files.readString(target.resolve("good"))).isEqualTo("good content");
        assertThat(Files.readString(target.resolve("taken"))).isEqualTo("mine");
        try (Stream<Path> files = Files.list(target)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void exportWritesLargeFilesAndManySmallOnes() throws Exception {
        byte[] large = new byte[20 << 20];
        random.nextBytes(large);
        Files.write(one.path("large"), large);
        for (int i = 0; i < 1_100; i++) {
            one.write("many/f" + i, "text " + i);
        }
        Files.setPosixFilePermissions(one.path("many"), PosixFilePermissions.fromString("r-xr-xr-x"));
        one.sync();
        int fetches = server.fetches;

        assertThat(export(server.head(), temporary.resolve("out"))).isEmpty();

        assertThat(Files.readAllBytes(temporary.resolve("out/large"))).isEqualTo(large);
        assertThat(read("out").entrySet()).containsAll(one.content().entrySet());
        assertThat(server.fetches - fetches).isLessThan(12);
        Files.setPosixFilePermissions(one.path("many"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(temporary.resolve("out/many"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Whatever happens to a folder, each state that the server once had can be written out again exactly. */
    @Test
    void everyStateCanBeWrittenOutAgain() throws Exception {
        long seed = Long.getLong("tidebox.seed", 5);
        Random choice = new Random(seed);
        RandomUser user = new RandomUser(choice, new HashSet<>(), new HashSet<>());
        Map<Long, TreeMap<String, String>> states = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            for (int j = choice.nextInt(6); j >= 0; j--) {
                user.act(one);
            }
            one.sync();
            states.put(server.head(), one.content());
        }
        for (Map.Entry<Long, TreeMap<String, String>> state : states.entrySet()) {
            String name = "out" + state.getKey();
            assertThat(export(state.getKey(), temporary.resolve(name))).isEmpty();
            assertThat(read(name)).as("seed %d, as of %d", seed, state.getKey()).isEqualTo(state.getValue());
        }
    }

    /** Whatever happened since, all that was there at a time is there again afterwards, and nothing else has gone. */
    @Test
    void everyStateComesBackInPlace() throws Exception {
        long seed = Long.getLong("tidebox.seed", 7);
        Random choice = new Random(seed);
        RandomUser user = new RandomUser(choice, new HashSet<>(), new HashSet<>());
        List<Long> heads = new ArrayList<>();
        Map<Long, Set<String>> texts = new HashMap<>();
        for (int i = 0; i < 30; i++) {
            for (int j = choice.nextInt(6); j >= 0; j--) {
                user.act(one);
            }
            one.sync();
            heads.add(server.head());
            texts.put(server.head(), texts());
        }
        for (int i = 0; i < 10; i++) {
            long then = heads.get(choice.nextInt(heads.size()));
            Set<String> expected = new HashSet<>(texts.get(then));
            Restorer.Result result = bringTree(then, NodeId.ROOT);
            quiet();
            assertThat(result.problems()).as("seed %d, as of %d", seed, then).isEmpty();
            assertThat(texts()).as("seed %d, as of %d", seed, then).containsAll(expected);
            assertThat(two.content()).isEqualTo(one.content());
        }
    }

    private Restorer restorer() {
        return new Restorer(server, server, Device.LIBRARY, one.store(), random, MARK);
    }

    private void bringBack(Trash.Item item) throws Exception {
        Restorer restorer = restorer();
        restorer.bringFolder(item.top().parent());
        Set<NodeId> only = item.inside().stream().map(Deleted::id).collect(Collectors.toSet());
        Node top = server.history(Device.LIBRARY, item.top().id()).getFirst().node();
        restorer.bring(List.of(new Placed(item.path(), top)), true);
        long first = Stream.concat(Stream.of(item.top()), item.inside().stream()).mapToLong(Deleted::sequence).min()
                .orElseThrow();
        PastTree.open(server, Device.LIBRARY, first - 1).below(top.id(), page -> bring(restorer,
                page.stream().filter(placed -> only.contains(placed.node().id())).toList()));
        assertThat(restorer.finish().problems()).isEmpty();
    }

    private Restorer.Result bringTree(long asOf, NodeId folder) throws Exception {
        Restorer restorer = restorer();
        PastTree.open(server, Device.LIBRARY, asOf).below(folder, page -> bring(restorer, page));
        return restorer.finish();
    }

    private static void bring(Restorer restorer, List<Placed> page) {
        try {
            restorer.bring(page, false);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<Problem> export(long asOf, Path target) throws Exception {
        try (Export export = new Export(target, Device.LIBRARY, server, Device.chunkers(new FastCdcChunker()),
                SystemTime.clock())) {
            PastTree tree = PastTree.open(server, Device.LIBRARY, asOf);
            tree.below(NodeId.ROOT, export::write);
            export.finish();
            if (export.problems().isEmpty()) {
                assertThat(export.bytesDone()).isEqualTo(tree.bytesBelow(NodeId.ROOT));
            }
            return export.problems();
        }
    }

    private TreeMap<String, String> read(String name) throws IOException {
        try (Device reader = new Device("reader", temporary.resolve(name), server, new MemoryTreeStore(), 3)) {
            return reader.content();
        }
    }

    private Set<String> texts() {
        return one.content().values().stream().filter(text -> text.startsWith("file")).map(RestoreTest::text)
                .collect(Collectors.toSet());
    }

    /** The content in a description of a file, behind mode and time. */
    private static String text(String description) {
        String[] parts = description.split(" ", 4);
        return parts.length < 4 ? "" : parts[3];
    }

    private Placed placed(NodeId id, int oldest) {
        List<HistoryEntry> versions = server.history(Device.LIBRARY, id);
        return new Placed("letter", versions.get(versions.size() - oldest).node());
    }

    private Node node(String name) {
        return server.live().stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
    }

    private void quiet() throws Exception {
        for (int i = 0; i < 4; i++) {
            one.sync();
            two.sync();
        }
        assertThat(two.content()).isEqualTo(one.content());
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            paths.sorted(Comparator.reverseOrder()).forEach(RestoreTest::delete);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
