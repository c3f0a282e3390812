package org.tidebox.it.tests.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Control;
import org.tidebox.it.tests.scene.Products;
import org.tidebox.it.tests.scene.TwoDevices;

/** What an agent cannot read or write is listed, all else goes on, and once the cause is gone it is made good by itself. */
@Tag("C1")
class OddEntriesIT {
    private static final boolean ROOT = System.getProperty("user.name").equals("root");
    private static final String NOBODY = "65534";
    private static final Duration SOON = Duration.ofSeconds(120);
    @TempDir
    static Path temp;
    private static TwoDevices scene;
    private static Path folder;

    /** The laptop's agent has no special rights, since to root nothing is forbidden. */
    @BeforeAll
    static void startAll() throws Exception {
        List<String> as = ROOT
                ? List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups")
                : List.of();
        for (String name : List.of("", "laptop", "laptop-home")) {
            own(Files.createDirectories(temp.resolve(name)));
        }
        mode(temp, "rwxr-xr-x");
        scene = TwoDevices.start(temp, as);
        folder = scene.laptop.folder();
    }

    @AfterAll
    static void stopAll() throws Exception {
        scene.close();
    }

    @Test
    void whatCannotBeReadIsListedAndComesOnceItCan() throws Exception {
        Path closed = own(Files.createDirectory(folder.resolve("closed")));
        own(Files.writeString(closed.resolve("inside"), "stays everywhere"));
        scene.settle();
        Path secret = Files.writeString(temp.resolve("secret"), "not for everybody");
        mode(own(secret), "---------");
        Files.move(secret, folder.resolve("secret"));
        mode(closed, "---------");
        Path snapshots = own(Files.createDirectory(temp.resolve("snapshots")));
        own(Files.writeString(snapshots.resolve("yesterday"), "never seen"));
        mode(snapshots, "---------");
        Files.move(snapshots, folder.resolve("snapshots"));
        own(Files.writeString(folder.resolve("open"), "goes through"));
        assertThat(scene.laptop.fails("wait", "--timeout", "3")).contains("problem").contains("access denied");
        assertThat(scene.laptop.ok("status")).contains("secret: the file cannot be read: access denied")
                .contains("closed: the folder cannot be read: access denied")
                .contains("snapshots: the folder cannot be read: access denied");
        scene.desktop.settle();
        assertThat(scene.desktop.folder().resolve("open")).hasContent("goes through");
        assertThat(scene.desktop.folder().resolve("secret")).doesNotExist();
        assertThat(scene.desktop.folder().resolve("snapshots")).as("not there empty").doesNotExist();
        assertThat(scene.desktop.folder().resolve("closed/inside")).hasContent("stays everywhere");
        mode(folder.resolve("secret"), "rw-r-----");
        mode(closed, "rwxr-x---");
        mode(folder.resolve("snapshots"), "rwxr-x---");
        awaitOnDesktop("snapshots/yesterday", "never seen");
        awaitOnDesktop("secret", "not for everybody");
        scene.assertSame();
    }

    @Test
    @Tag("C2")
    @Timeout(100)
    void aRestoreDoesNotWaitForWhatFailsElsewhere() throws Exception {
        Path letter = own(Files.writeString(folder.resolve("letter"), "first"));
        scene.settle();
        Files.writeString(letter, "second");
        scene.settle();
        mode(own(Files.writeString(folder.resolve("unreadable"), "not for everybody")), "---------");
        String version = scene.laptop.ok("history", letter.toString()).lines()
                .map(line -> line.strip().split("\\s+")[0]).filter(word -> word.matches("\\d+")).toList().getLast();
        assertThat(scene.laptop.ok("restore", letter.toString(), "--version", version)).contains("Restored 1 file");
        assertThat(letter).hasContent("first");
        Files.delete(letter);
        await(() -> assertThat(scene.laptop.ok("trash", "list")).contains("letter"));
        scene.laptop.ok("trash", "restore", letter.toString());
        assertThat(letter).hasContent("first");
        JsonNode report = Control.ask(scene.laptop.home(), "agent.status").get("folders").get(0);
        assertThat(report.get("problems").findValuesAsText("path")).contains("unreadable");
        Files.delete(folder.resolve("unreadable"));
        scene.assertSame();
    }

    /** Does something until it no longer fails. */
    private static void await(ThrowingRunnable look) {
        Awaitility.await().atMost(SOON).untilAsserted(look);
    }

    @Test
    void aFolderThatCannotBeWrittenIsListedAndFilledOnceItCan() throws Exception {
        Assumptions.assumeTrue(ROOT, "only root can give a folder to somebody else");
        Path foreign = own(Files.createDirectory(folder.resolve("foreign")));
        own(Files.writeString(foreign.resolve("edited"), "before"));
        scene.settle();
        give(foreign, "root");
        Files.writeString(scene.desktop.folder().resolve("foreign/edited"), "by the desktop");
        Files.writeString(scene.desktop.folder().resolve("foreign/new"), "from the desktop");
        Files.writeString(scene.desktop.folder().resolve("elsewhere"), "goes through");
        scene.desktop.settle();
        assertThat(scene.laptop.fails("wait", "--timeout", "3")).contains("problem").contains("access denied");
        assertThat(scene.laptop.ok("status")).contains("foreign/new: ").contains("foreign/edited: ");
        assertThat(folder.resolve("elsewhere")).hasContent("goes through");
        assertThat(foreign.resolve("edited")).hasContent("before");
        own(foreign);
        Awaitility.await().atMost(SOON).untilAsserted(
                () -> assertThat(foreign.resolve("new")).hasContent("from the desktop"));
        scene.assertSame();
    }

    @Test
    void socketsPipesAndDevicesAreListedAndHoldNothingUp() throws Exception {
        run("mkfifo", folder.resolve("pipe").toString());
        if (ROOT) {
            run("mknod", folder.resolve("characters").toString(), "c", "1", "3");
            run("mknod", folder.resolve("blocks").toString(), "b", "7", "200");
        }
        own(Files.writeString(folder.resolve("beside them"), "goes through"));
        scene.settle();
        String status = scene.laptop.ok("status");
        for (String name : ROOT ? List.of("pipe", "characters", "blocks") : List.of("pipe")) {
            assertThat(status).contains(name + ": it is neither file, folder nor link");
            assertThat(scene.desktop.folder().resolve(name)).doesNotExist();
            Files.delete(folder.resolve(name));
        }
        assertThat(scene.desktop.folder().resolve("beside them")).hasContent("goes through");
        scene.assertSame();
        assertThat(scene.laptop.ok("status")).doesNotContain("neither file");
    }

    @Test
    void aFileThatIsWrittenAllTheTimeOrLockedHoldsNothingUp() throws Exception {
        Path growing = own(Files.createFile(folder.resolve("growing")));
        Path locked = own(Files.writeString(folder.resolve("locked"), "by a database"));
        AtomicBoolean end = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> append(growing, end), Products.THREADS);
        try (FileChannel channel = FileChannel.open(locked, StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            own(Files.writeString(folder.resolve("small"), "goes through"));
            awaitOnDesktop("small", "goes through");
            awaitOnDesktop("locked", "by a database");
        } finally {
            end.set(true);
            writer.join();
        }
        scene.assertSame();
    }

    /** As a program does that logs very much. */
    private static void append(Path file, AtomicBoolean end) {
        byte[] line = "something happened\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < 5000 && !end.get(); i++) {
                out.write(line);
                LockSupport.parkNanos(1_000_000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitOnDesktop(String name, String text) {
        Awaitility.await().atMost(SOON).untilAsserted(
                () -> assertThat(scene.desktop.folder().resolve(name)).hasContent(text));
    }

    /** Gives an entry to the user that the laptop's agent runs as. */
    private static Path own(Path path) throws IOException, InterruptedException {
        if (ROOT) {
            give(path, NOBODY + ":" + NOBODY);
        }
        return path;
    }

    private static void give(Path path, String owner) throws IOException, InterruptedException {
        run("chown", owner, path.toString());
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).as(String.join(" ", command)).isZero();
    }
}
