package org.tidebox.files.tests.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The disk of the simulation loses what was not forced, and nothing else: or else no crash would prove anything. */
class SimDiskTest {
    private static final int CRASHES = 60;

    private final Random random = new Random(11);
    private final List<String> destroyed = new ArrayList<>();
    private SimDisk disk;
    private Path root;

    @BeforeEach
    void start() throws IOException {
        disk = new SimDisk(() -> Instant.EPOCH, new Observer() {
            @Override
            public void before(String what) {
                // Nothing happens meanwhile.
            }

            @Override
            public boolean shows(String path) {
                return !path.startsWith("/hidden");
            }

            @Override
            public void destroys(String path, byte[] content) {
                destroyed.add(new String(content));
            }
        }, true, SimDisk.TICK);
        root = disk.files().getPath("/box");
        disk.asUser(() -> Files.createDirectory(root));
        disk.asUser(() -> Files.createDirectory(root.resolveSibling("hidden")));
    }

    @AfterEach
    void stop() {
        disk.close();
    }

    @Test
    void contentIsCutSomewhereUnlessItWasForced() throws IOException {
        Set<Long> lengths = new HashSet<>();
        for (int number = 0; number < CRASHES; number++) {
            Path loose = root.resolve("loose" + number);
            Path forced = root.resolve("forced" + number);
            Files.writeString(loose, "content");
            Files.writeString(forced, "content");
            force(forced);
            force(root);
            crash();
            lengths.add(Files.size(loose));
            assertThat(forced).as("crash %d", number).hasContent("content");
        }
        assertThat(lengths).as("lengths after a crash").contains(0L, 3L, 7L);
    }

    @Test
    void changesOfFoldersSurviveUpToSomeAndAllThatWereForcedBefore() throws IOException {
        Set<Integer> kept = new HashSet<>();
        for (int number = 0; number < CRASHES; number++) {
            Path folder = root.resolve("folder" + number);
            Files.createDirectory(folder);
            force(root);
            for (int i = 0; i < 3; i++) {
                Files.createDirectory(folder.resolve("sub" + i));
            }
            crash();
            List<Boolean> there = List.of(has(folder, 0), has(folder, 1), has(folder, 2));
            assertThat(folder).as("crash %d", number).exists();
            assertThat(there.lastIndexOf(true)).as("crash %d: a beginning, of %s", number, there)
                    .isLessThan(there.contains(false) ? there.indexOf(false) : 3);
            kept.add(there.lastIndexOf(true) + 1);
        }
        assertThat(kept).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void replacementAndRemovalAreUndoneUnlessTheFolderWasForced() throws IOException {
        Set<String> contents = new HashSet<>();
        for (int number = 0; number < CRASHES; number++) {
            Path file = root.resolve("file" + number);
            Path fresh = root.resolve("fresh" + number);
            disk.asUser(() -> Files.writeString(file, "old"));
            Files.writeString(fresh, "new");
            force(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            crash();
            contents.add(Files.readString(file));
            Files.delete(file);
            force(root);
            crash();
            assertThat(file).as("crash %d", number).doesNotExist();
        }
        assertThat(contents).containsExactlyInAnyOrder("old", "new");
    }

    @Test
    void whatPeopleDoLastsAndAllBefore() throws IOException {
        Files.createDirectory(root.resolve("engine"));
        disk.asUser(() -> Files.writeString(root.resolve("mine"), "mine"));
        crash();
        assertThat(root.resolve("engine")).exists();
        assertThat(root.resolve("mine")).hasContent("mine");
    }

    @Test
    void fileGoesWithItsLastName() throws IOException {
        Path first = root.resolve("first");
        Path second = root.resolveSibling("hidden").resolve("second");
        disk.asUser(() -> Files.writeString(first, "content"));
        Files.createLink(second, first);
        assertThat(links(first)).isEqualTo(2);
        assertThatThrownBy(() -> Files.createLink(second, first)).isInstanceOf(IOException.class);
        Files.delete(first);
        assertThat(links(second)).isEqualTo(1);
        assertThat(destroyed).isEmpty();
        Files.delete(second);
        assertThat(destroyed).containsExactly("content");
    }

    @Test
    void linkIsUndoneByACrashAndItsFileIsNot() throws IOException {
        Set<Boolean> there = new HashSet<>();
        for (int number = 0; number < CRASHES; number++) {
            Path file = root.resolve("file" + number);
            Path link = root.resolve("link" + number);
            disk.asUser(() -> Files.writeString(file, "content"));
            Files.createLink(link, file);
            crash();
            there.add(Files.exists(link));
            assertThat(file).as("crash %d", number).hasContent("content");
        }
        assertThat(there).containsExactlyInAnyOrder(true, false);
    }

    private static boolean has(Path folder, int number) {
        return Files.exists(folder.resolve("sub" + number));
    }

    private static int links(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    }

    private void crash() throws IOException {
        disk.fail();
        assertThatThrownBy(() -> Files.createDirectory(root.resolve("too late"))).isInstanceOf(Crash.class);
        disk.restart(random);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, Files.isDirectory(path)
                ? StandardOpenOption.READ
                : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
