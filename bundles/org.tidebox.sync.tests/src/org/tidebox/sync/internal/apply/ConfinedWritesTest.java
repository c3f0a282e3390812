package org.tidebox.sync.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.past.Export;
import org.tidebox.sync.past.PlacedNode;
import org.tidebox.sync.tests.OnThePast;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;

/** No write of the engine leaves its root: neither through a link of the server, nor through one that somebody plants. */
@Tag("C1")
class ConfinedWritesTest extends OnThePast {
    private static final Attributes ATTRIBUTES = new Attributes(0600, 1_000_000_000);
    private static final Recipe EMPTY = new Recipe("fastcdc", 0, List.of());

    private Path outside;
    private Path others;
    private String before;

    @BeforeEach
    void makeOutside() throws IOException {
        outside = Files.createDirectory(temporary.resolve("outside"));
        others = Files.writeString(outside.resolve("a"), "theirs");
        before = describeOutside();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void filesThatArriveWhileTheirFolderBecomesALinkStayInside() throws Exception {
        two.write("sub/first", "1");
        assertSame();
        for (int i = 0; i < 1_000; i++) {
            two.write("sub/f" + i, "text " + i);
        }
        two.sync();
        AtomicBoolean done = new AtomicBoolean();
        Thread racer = Thread.ofPlatform().start(() -> replace(one.path("sub"), done));
        one.sync();
        done.set(true);
        racer.join();

        assertThat(describeOutside()).isEqualTo(before);
        assertThat(temporary.resolve("away/first")).exists();
    }

    /** As soon as some files have come, or when all is over. */
    private void replace(Path folder, AtomicBoolean done) {
        try {
            while (!done.get() && Files.notExists(folder.resolve("f20"))) {
                Thread.yield();
            }
            Files.move(folder, temporary.resolve("away"));
            Files.createSymbolicLink(folder, outside);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsChangedRemovedSetAsideOrBroughtBackThroughALink() throws Exception {
        one.write("dir/a", "1");
        one.write("dir/b", "1");
        one.write("dir/c", "1");
        assertSame();
        one.write("dir/a", "mine");
        two.write("dir/a", "edited on both");
        Files.delete(two.path("dir/b"));
        Files.setLastModifiedTime(two.path("dir/c"), FileTime.fromMillis(5_000));
        two.write("dir/deep/new", "new");
        two.sync();
        Files.move(one.path("dir"), temporary.resolve("away"));
        Files.createSymbolicLink(one.path("dir"), outside);
        Files.writeString(outside.resolve("b"), "1");
        Files.writeString(outside.resolve("c"), "1");
        before = describeOutside();

        one.folder().sync(ScanScope.NOTHING, HeadNews.UNKNOWN_HEAD);
        one.sync();

        assertThat(describeOutside()).isEqualTo(before);
    }

    @Test
    void linkOfTheServerInThePlaceOfAFolderIsNotWrittenThrough() throws Exception {
        NodeId folder = NodeId.random(random);
        try (Export export = export(temporary.resolve("out"))) {
            export.write(List.of(
                    new PlacedNode("F",
                            Node.link(NodeId.random(random), NodeId.ROOT, "F", ATTRIBUTES, outside.toString())),
                    new PlacedNode("F", Node.folder(folder, NodeId.ROOT, "F", new Attributes(0777, 5))),
                    new PlacedNode("F/a", Node.file(NodeId.random(random), folder, "a", ATTRIBUTES, EMPTY)),
                    new PlacedNode("F/new", Node.file(NodeId.random(random), folder, "new", ATTRIBUTES, EMPTY)),
                    new PlacedNode("F/deep", Node.folder(NodeId.random(random), folder, "deep", ATTRIBUTES)),
                    new PlacedNode("F/link", Node.link(NodeId.random(random), folder, "link", ATTRIBUTES, "a"))));
            export.finish();
            assertThat(export.problems()).extracting(Problem::path).containsExactly("F", "F/a", "F/new", "F/deep",
                    "F/link");
        }
        assertThat(describeOutside()).isEqualTo(before);
        assertThat(temporary.resolve("out/F")).isSymbolicLink();
    }

    @Test
    void anExportThatGoesOnTakesNoLinkForItsFolder() throws Exception {
        NodeId folder = NodeId.random(random);
        List<PlacedNode> page = List.of(
                new PlacedNode("F", Node.folder(folder, NodeId.ROOT, "F", new Attributes(0777, 5))),
                new PlacedNode("F/new", Node.file(NodeId.random(random), folder, "new", ATTRIBUTES, EMPTY)));
        Path target = temporary.resolve("out");
        export(target).close();
        assertThat(Export.isUnfinished(target)).isTrue();
        Files.createSymbolicLink(target.resolve("F"), outside);
        try (Export export = export(target)) {
            export.write(page);
            export.finish();
            assertThat(export.problems()).hasSize(2);
        }
        assertThat(describeOutside()).isEqualTo(before);
    }

    @Test
    void folderThatBecomesALinkDuringAnExportIsNotWrittenThrough() throws Exception {
        NodeId folder = NodeId.random(random);
        Path target = temporary.resolve("out");
        try (Export export = export(target)) {
            export.write(List.of(new PlacedNode("F", Node.folder(folder, NodeId.ROOT, "F", new Attributes(0777, 5)))));
            Files.move(target.resolve("F"), temporary.resolve("away"));
            Files.createSymbolicLink(target.resolve("F"), outside);
            export.write(List.of(new PlacedNode("F/new",
                    Node.file(NodeId.random(random), folder, "new", ATTRIBUTES, EMPTY))));
            export.finish();
            assertThat(export.problems()).extracting(Problem::path).containsExactly("F/new", "F");
        }
        assertThat(describeOutside()).isEqualTo(before);
    }

    @Test
    void twoNodesInOnePlaceAndNamesThatLeadOutAreRefused() throws Exception {
        NodeId first = NodeId.random(random);
        NodeId second = NodeId.random(random);
        Path target = temporary.resolve("deep/out");
        Files.createDirectories(target);
        try (Export export = export(target)) {
            export.write(List.of(new PlacedNode("F", Node.folder(first, NodeId.ROOT, "F", ATTRIBUTES)),
                    new PlacedNode("F", Node.folder(second, NodeId.ROOT, "F", ATTRIBUTES)),
                    new PlacedNode("F/of the second", Node.file(NodeId.random(random), second, "x", ATTRIBUTES, EMPTY)),
                    new PlacedNode("F/of the first", Node.file(NodeId.random(random), first, "x", ATTRIBUTES, EMPTY))));
            for (String name : List.of("..", "../new", "../../outside/new", "/new", "F/../../new", "a\0b", "", ".",
                    outside + "/new", ".tidebox-restore", ".tidebox-restore/new")) {
                export.write(List
                        .of(new PlacedNode(name, Node.file(NodeId.random(random), first, "x", ATTRIBUTES, EMPTY))));
            }
            export.finish();
            assertThat(export.problems()).hasSize(2 + 11);
            assertThat(export.files()).isEqualTo(1);
        }
        assertThat(describeOutside()).isEqualTo(before);
        try (Stream<Path> files = Files.walk(temporary.resolve("deep"))) {
            assertThat(files.map(path -> temporary.relativize(path).toString())).containsExactlyInAnyOrder("deep",
                    "deep/out", "deep/out/F", "deep/out/F/of the first");
        }
    }

    private String describeOutside() throws IOException {
        StringBuilder text = new StringBuilder().append(Files.getLastModifiedTime(outside))
                .append(Files.getPosixFilePermissions(outside));
        try (Stream<Path> files = Files.list(outside)) {
            for (Path file : files.sorted().toList()) {
                text.append(file).append(Files.readString(file)).append(Files.getLastModifiedTime(file));
            }
        }
        return text.append(others).toString();
    }
}
