package org.tidebox.sync.internal.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.OnTwoDevices;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;

/** What a hostile, damaged or absent server, a full disk, and a folder that became a link cannot do. */
@Tag("C1")
class BadServerTest extends OnTwoDevices {
    private final Random random = new Random(9);

    @Test
    void hostileServerCannotReachOutsideTheRoot() throws Exception {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Recipe empty = new Recipe("fastcdc", 0, List.of());
        Attributes attributes = new Attributes(0644, 1_000_000_000);
        for (String name : List.of("..", "../outside/evil", "/etc/evil", ".tidebox", "a\0b", "")) {
            server.inject(Node.file(NodeId.random(random), NodeId.ROOT, name, attributes, empty));
        }
        NodeId link = NodeId.random(random);
        server.inject(Node.link(link, NodeId.ROOT, "link", attributes, outside.toString()));
        server.inject(Node.file(NodeId.random(random), link, "evil", attributes, empty));
        NodeId loop = NodeId.random(random);
        server.inject(Node.folder(loop, loop, "loop", attributes));
        server.inject(Node.file(NodeId.random(random), NodeId.ROOT, "fine", attributes, empty));
        one.sync();
        assertThat(one.content()).containsOnlyKeys("link", "fine");
        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).isEmpty();
        }
        assertThat(Files.exists(temporary.resolve("evil"))).isFalse();
        assertThat(one.folder().status().problems()).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void folderReplacedByLinkIsNotWrittenThrough() throws Exception {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        one.write("dir/a", "1");
        assertSame();
        two.write("dir/b", "2");
        two.sync();
        Files.move(one.path("dir"), temporary.resolve("elsewhere"));
        Files.createSymbolicLink(one.path("dir"), outside);
        one.folder().sync(ScanScope.NOTHING, HeadNews.UNKNOWN_HEAD);
        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).isEmpty();
        }
        assertSame();
    }

    @Test
    void lostChunkIsAProblemOfItsFileOnly() throws Exception {
        one.write("good", "good content");
        one.write("bad", "bad content");
        one.sync();
        server.live().stream().filter(node -> node.name().equals("bad"))
                .forEach(node -> server.forget(node.recipe().entries().getFirst().id()));
        SyncReport report = two.sync();
        assertThat(report.quiet()).isTrue();
        assertThat(two.content()).containsOnlyKeys("good");
        assertThat(two.folder().status().problems()).singleElement().extracting(Problem::path).isEqualTo("bad");
        assertThat(two.folder().retryAt()).isPresent();
    }

    @Test
    @Tag("P3")
    void fileThatDoesNotFitIsToldAndNotFetchedAndComesOnceThereIsRoom() throws Exception {
        byte[] large = new byte[3 << 20];
        random.nextBytes(large);
        Files.write(one.path("large"), large);
        one.write("small", "fits");
        one.sync();
        try (FileSystem files = Jimfs.newFileSystem(Configuration.unix().toBuilder().setMaxSize(4 << 20).build());
                Device full = new Device("full", files.getPath("/box"), server, new MemoryTreeStore(), 3)) {
            Files.write(files.getPath("/filler"), new byte[2 << 20]);
            full.sync();
            assertThat(full.content()).containsOnlyKeys("small");
            assertThat(full.folder().status().problems()).singleElement().asString().contains("large", "NoRoom");
            assertThat(server.bytesDown).isLessThan(100);
            Files.delete(files.getPath("/filler"));
            full.folder().retryNow();
            full.sync();
            assertThat(full.content()).containsOnlyKeys("small", "large");
            assertThat(full.folder().status().problems()).isEmpty();
        }
    }

    @Test
    void unreachableServerIsAnErrorThatPasses() throws Exception {
        one.write("a", "1");
        server.failIn(0);
        assertThatThrownBy(one::sync).isInstanceOf(RemoteException.class);
        assertThat(one.folder().status().state()).isEqualTo(FolderState.ERROR);
        assertSame();
        assertThat(one.folder().status().isQuiet()).isTrue();
    }
}
