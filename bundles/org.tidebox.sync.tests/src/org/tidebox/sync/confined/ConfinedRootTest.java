package org.tidebox.sync.confined;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is changed lies below the root, whatever others do meanwhile. */
@Tag("C1")
class ConfinedRootTest {
    private static final int FILES = 2_000;
    /** Each file, beside it a folder and a link, and its way there. */
    private static final int WRITES_EACH = 6;
    /** So many files are begun between two replacements. */
    private static final int BETWEEN = 10;

    @TempDir
    Path temporary;
    private Path outside;
    private Path root;
    private ConfinedRoot confined;

    @BeforeEach
    void make() throws IOException {
        Path real = temporary.toRealPath();
        outside = Files.createDirectory(real.resolve("outside"));
        root = Files.createDirectory(real.resolve("root"));
        Files.createDirectory(root.resolve("sub"));
        Files.createDirectory(root.resolve("tmp"));
        confined = new ConfinedRoot(root);
    }

    @AfterEach
    void release() {
        confined.release();
    }

    /** Two folders are taken away and replaced by links, over and over, while files pass from one to the other. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void nothingLandsOutsideWhileFoldersAreRenamedAndReplacedByLinks() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Thread racer = Thread.ofPlatform().start(() -> race(attempts));
        int written = 0;
        int refused = 0;
        while (written < FILES) {
            try {
                write("f" + attempts.incrementAndGet());
                written++;
            } catch (NotRealFolderException | NoSuchFileException e) {
                refused++;
            }
        }
        attempts.set(Integer.MAX_VALUE);
        racer.join();

        assertThat(list(outside)).isEmpty();
        assertThat(written * WRITES_EACH).isGreaterThanOrEqualTo(10_000);
        assertThat(refused).as("files that met a link").isPositive();
        assertThat(list(root.resolve("sub"))).as("files, and one folder and link for each")
                .hasSizeGreaterThanOrEqualTo(3 * FILES);
    }

    private void race(AtomicInteger attempts) {
        try {
            while (attempts.get() < Integer.MAX_VALUE) {
                for (String name : new String[]{"sub", "tmp"}) {
                    int seen = attempts.get();
                    Files.move(root.resolve(name), temporary.resolve(name));
                    Files.createSymbolicLink(root.resolve(name), outside);
                    await(attempts, seen + 1);
                    Files.delete(root.resolve(name));
                    Files.move(temporary.resolve(name), root.resolve(name));
                    await(attempts, seen + BETWEEN);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Each turn begins at another point of a write, since nobody waits for the other. */
    private static void await(AtomicInteger attempts, int next) {
        while (attempts.get() < next) {
            Thread.yield();
        }
    }

    private void write(String name) throws IOException {
        Path fresh = root.resolve("tmp").resolve(name);
        Path target = root.resolve("sub").resolve(name);
        try (FileChannel channel = confined.create(fresh)) {
            channel.write(ByteBuffer.wrap(new byte[]{1}));
        }
        confined.setTime(fresh, FileTime.fromMillis(1_000));
        confined.createFolder(root.resolve("sub").resolve("d" + name));
        confined.createLink(root.resolve("sub").resolve("l" + name), Path.of("nowhere"));
        confined.addName(target, fresh);
        confined.delete(fresh);
    }

    @Test
    void whatLiesInAFolderThatBecameALinkIsRefusedEvenWhereItIsHeld() throws Exception {
        Path file = Files.writeString(root.resolve("sub/file"), "mine");
        Path other = Files.writeString(outside.resolve("file"), "theirs");
        confined.setTime(file, FileTime.fromMillis(1_000));
        Files.move(root.resolve("sub"), root.resolve("moved"));
        Files.createSymbolicLink(root.resolve("sub"), outside);
        String before = describe(other);

        assertThatThrownBy(() -> confined.create(root.resolve("sub/new"))).isInstanceOf(NotRealFolderException.class)
                .hasMessageContaining(root.resolve("sub").toString());
        assertThatThrownBy(() -> confined.open(file)).isInstanceOf(NotRealFolderException.class);
        assertThatThrownBy(() -> confined.delete(file)).isInstanceOf(NotRealFolderException.class);
        assertThatThrownBy(() -> confined.move(root.resolve("moved/file"), root.resolve("sub/new")))
                .isInstanceOf(NotRealFolderException.class);
        assertThatThrownBy(() -> confined.setTime(file, FileTime.fromMillis(5)))
                .isInstanceOf(NotRealFolderException.class);
        assertThatThrownBy(() -> confined.createFolder(root.resolve("sub/deep/down")))
                .isInstanceOf(NotRealFolderException.class);

        assertThat(list(outside)).containsExactly(other);
        assertThat(describe(other)).isEqualTo(before);
        confined.delete(root.resolve("moved/file"));
        assertThat(list(root.resolve("moved"))).isEmpty();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void attributesAreNotSetThroughALink() throws Exception {
        Path other = Files.writeString(outside.resolve("file"), "theirs");
        String before = describe(other);
        Path link = Files.createSymbolicLink(root.resolve("link"), other);

        assertThatThrownBy(() -> confined.setPermissions(link, PosixFilePermissions.fromString("rwxrwxrwx")))
                .isInstanceOf(FileSystemException.class);
        confined.setTime(link, FileTime.fromMillis(1_000));
        assertThatThrownBy(() -> confined.open(link)).isInstanceOf(IOException.class);

        assertThat(describe(other)).isEqualTo(before);
    }

    @Test
    void namesThatLeadOutAreRefused() {
        for (Path path : new Path[]{root.resolve("../outside/file"), root.resolve("sub/../../outside/file"),
                outside.resolve("file"), root.resolve(".."), root.resolve("."), root.getParent()}) {
            assertThatThrownBy(() -> confined.create(path)).as("%s", path).isInstanceOf(IOException.class);
        }
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void errorsNameThePathAndTakeNothingAway() throws Exception {
        Path file = Files.writeString(root.resolve("sub/file"), "mine");
        Path fresh = Files.writeString(root.resolve("tmp/fresh"), "new");

        assertThatThrownBy(() -> confined.addName(file, fresh)).isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(file.toString()).hasMessageNotContaining("/proc");
        assertThatThrownBy(() -> confined.delete(root.resolve("sub/none"))).isInstanceOf(NoSuchFileException.class)
                .hasMessage(root.resolve("sub/none").toString());
        assertThatThrownBy(() -> confined.create(root.resolve("none/new"))).isInstanceOf(NotRealFolderException.class);

        assertThat(Files.readString(file)).isEqualTo("mine");
    }

    @Test
    void foldersBeyondThoseThatAreHeldAndARootThatMovesAreReachedToo() throws Exception {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 200; i++) {
                Path folder = root.resolve("sub/" + i);
                confined.createFolders(folder);
                confined.create(folder.resolve("file" + round)).close();
            }
        }
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(400);
        }
        confined.release();
        Path moved = root.resolveSibling("moved");
        Files.move(root, moved);
        Files.createSymbolicLink(root, moved);
        confined.create(root.resolve("sub/7/through a link to the root")).close();
        assertThat(moved.resolve("sub/7/through a link to the root")).exists();
    }

    @Test
    void whereFoldersCannotBeHeldEachIsLookedAtBeforeEachChange() throws Exception {
        try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
            Path there = Files.createDirectories(files.getPath("/box"));
            Path elsewhere = Files.createDirectories(files.getPath("/elsewhere"));
            ConfinedRoot weaker = new ConfinedRoot(there);
            weaker.createFolders(there.resolve("a/b"));
            weaker.create(there.resolve("a/b/file")).close();
            Files.move(there.resolve("a"), there.resolve("c"));
            Files.createSymbolicLink(there.resolve("a"), elsewhere);
            Files.createDirectory(elsewhere.resolve("b"));

            assertThatThrownBy(() -> weaker.create(there.resolve("a/b/file")))
                    .isInstanceOf(NotRealFolderException.class);
            assertThat(list(elsewhere.resolve("b"))).isEmpty();
        }
    }

    private static String describe(Path path) throws IOException {
        return Files.readString(path) + Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                + Files.getAttribute(path, "unix:mode");
    }

    private static Stream<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList().stream();
        }
    }
}
