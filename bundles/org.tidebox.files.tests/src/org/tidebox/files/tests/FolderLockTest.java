package org.tidebox.files.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.files.FolderLock;
import org.tidebox.files.FolderLockedException;

class FolderLockTest {
    /** Tries to lock a byte as another program would, and says how that went; or holds it until its input ends. */
    private static final String OTHER = """
            import java.nio.channels.FileChannel;
            import java.nio.file.Path;
            import java.nio.file.StandardOpenOption;

            public class Other {
                public static void main(String[] arguments) throws Exception {
                    try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE)) {
                        System.out.println(channel.tryLock() == null ? "refused" : "locked");
                        System.in.read();
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @TempDir
    Path scratch;

    @Test
    void secondOneIsRefusedAndToldWhoHasIt() throws IOException {
        try (FolderLock lock = FolderLock.acquire(file())) {
            assertThat(lock).isNotNull();
            FolderLockedException refused = catchThrowableOfType(FolderLockedException.class, () -> FolderLock.acquire(
                    file()));
            assertThat(refused.getFolder()).isEqualTo(folder.toRealPath());
            assertThat(refused.getOwner()).hasValue(ProcessHandle.current().pid());
        }
        FolderLock.acquire(file()).close();
    }

    @Test
    void anotherNameOfTheFolderIsTheSameFolder() throws IOException {
        Path link = Files.createSymbolicLink(scratch.resolve("link"), folder);
        try (FolderLock lock = FolderLock.acquire(file())) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> FolderLock.acquire(link.resolve("lock"))).isInstanceOf(
                    FolderLockedException.class);
        }
    }

    @Test
    void otherProcessIsRefusedAlsoAfterThisOneTriedAgain() throws Exception {
        try (FolderLock lock = FolderLock.acquire(file())) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> FolderLock.acquire(file())).isInstanceOf(FolderLockedException.class);
            assertThat(otherProcess()).isEqualTo("refused");
        }
        assertThat(otherProcess()).isEqualTo("locked");
    }

    @Test
    void lockOfAnotherProcessKeepsThisOneOut() throws Exception {
        Process other = start();
        try (BufferedReader out = other.inputReader()) {
            assertThat(out.readLine()).isEqualTo("locked");
            Files.writeString(file(), "4711");
            FolderLockedException refused = catchThrowableOfType(FolderLockedException.class, () -> FolderLock.acquire(
                    file()));
            assertThat(refused.getOwner()).hasValue(4711);
        } finally {
            other.destroyForcibly().waitFor();
        }
        FolderLock.acquire(file()).close();
    }

    @Test
    void folderHasToBeThere() {
        assertThatThrownBy(() -> FolderLock.acquire(folder.resolve("none/lock"))).isInstanceOf(IOException.class);
    }

    private Path file() {
        return folder.resolve("lock");
    }

    private String otherProcess() throws Exception {
        Process other = start();
        try (BufferedReader out = other.inputReader()) {
            String answer = out.readLine();
            other.getOutputStream().close();
            other.waitFor();
            return answer;
        }
    }

    private Process start() throws IOException {
        Path source = Files.writeString(scratch.resolve("Other.java"), OTHER);
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), source.toString(),
                file().toString()).redirectErrorStream(true).start();
    }
}
