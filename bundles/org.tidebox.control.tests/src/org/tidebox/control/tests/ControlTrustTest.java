package org.tidebox.control.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlClient;
import org.tidebox.control.ControlConnection;
import org.tidebox.control.ControlException;
import org.tidebox.control.ControlServer;
import org.tidebox.control.ControlSocket;

/** Nobody is told anything on a socket that another user may have made. */
@Tag("C7")
@Timeout(60)
class ControlTrustTest {
    @TempDir
    Path temporary;
    private Path home;
    private Path control;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(temporary.resolve("home"));
        control = home.resolve("control");
    }

    @Test
    void aSocketInAFolderThatOthersMayEnterIsNotConnectedTo() throws IOException {
        for (String mode : new String[]{"rwxr-xr-x", "rwx--x---", "rwx----w-"}) {
            Files.createDirectories(control);
            Files.setPosixFilePermissions(control, PosixFilePermissions.fromString(mode));
            assertRefused(control, "open to other users");
        }
    }

    @Test
    void aSocketBehindALinkIsNotConnectedTo() throws IOException {
        Path other = privateFolder(temporary.resolve("other"));
        Files.createSymbolicLink(control, other);
        assertRefused(other, "link");
    }

    @Test
    void aSocketInAFolderOfAnotherUserIsNotConnectedTo() throws IOException {
        StrangerListener.give(privateFolder(control));
        assertRefused(control, "another user, nobody; remove it");
    }

    @Test
    void aSocketThatAnotherUserServesHearsNothing() throws IOException {
        try (StrangerListener stranger = StrangerListener.on(privateFolder(control).resolve("socket"))) {
            assertThatThrownBy(this::connect).isInstanceOf(IOException.class)
                    .hasMessageContaining("served by another user, nobody");
            assertThat(stranger.bytesHeard()).isZero();
        }
    }

    @Test
    void rootMayTalkToTheAgentOfTheHomesOwner() throws Exception {
        privateFolder(control);
        try (StrangerListener owner = StrangerListener.on(control.resolve("socket"))) {
            StrangerListener.give(control);
            StrangerListener.give(home);
            try (ControlConnection connection = connect()) {
                assertThat(connection.isClosed()).isFalse();
            }
            assertThat(owner.bytesHeard()).isZero();
        }
    }

    @Test
    void aServerClosesItsFolderToOthers() throws IOException {
        Files.createDirectory(control, PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwxr-xr-x")));
        try (ControlServer server = server()) {
            server.start();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(control))).isEqualTo("rwx------");
        }
    }

    @Test
    void aServerTakesNoFolderOfAnotherUserAndNoFileInItsPlace() throws IOException {
        Files.createFile(control);
        try (ControlServer server = server()) {
            assertThatThrownBy(server::start).isInstanceOf(IOException.class).hasMessageContaining("no folder");
            Files.delete(control);
            StrangerListener.give(privateFolder(control));
            assertThatThrownBy(server::start).isInstanceOf(IOException.class)
                    .hasMessageContaining("another user, nobody; remove it");
            assertThat(control).isEmptyDirectory();
        }
    }

    @Test
    void aNotedPlaceThatIsOpenToOthersIsLeft() throws IOException {
        Path open = Files.createDirectory(temporary.toRealPath().resolve("run"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(ControlSocket.of(longHome(open.resolve("t.sock")))).isNotEqualTo(open.resolve("t.sock"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwx------"));
        assertThat(ControlSocket.of(longHome(open.resolve("t.sock")))).isEqualTo(open.resolve("t.sock"));
    }

    @Test
    void aNoteThatIsALinkOrAnotherUsersIsRefused() throws IOException {
        Path place = temporary.toRealPath().resolve("run/t.sock");
        Path note = longHome(place).resolve("control.path");
        Path elsewhere = Files.move(note, temporary.resolve("elsewhere"));
        Files.createSymbolicLink(note, elsewhere);
        assertThatThrownBy(() -> ControlSocket.of(note.getParent())).isInstanceOf(IOException.class)
                .hasMessageContaining("no regular file");
        StrangerListener.give(longHome(place).resolve("control.path"));
        assertThatThrownBy(() -> ControlSocket.of(note.getParent())).isInstanceOf(IOException.class)
                .hasMessageContaining("another user, nobody");
    }

    private void assertRefused(Path folder, String message) throws IOException {
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket)).configureBlocking(false);
            assertThatThrownBy(this::connect).isInstanceOf(IOException.class).hasMessageContaining(message);
            assertThat(listening.accept()).as("who has come").isNull();
        }
        Files.delete(socket);
    }

    private Path longHome(Path noted) throws IOException {
        Path made = Files.createDirectories(temporary.resolve("x".repeat(100)));
        Files.deleteIfExists(made.resolve("control.path"));
        Files.writeString(made.resolve("control.path"), noted + "\n");
        return made;
    }

    private static Path privateFolder(Path folder) throws IOException {
        return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwx------")));
    }

    private ControlServer server() {
        return new ControlServer(control.resolve("socket")).serve(new ControlApi<>(Kitchen.class, new Kitchen.Cook()));
    }

    private ControlConnection connect() throws ControlException, IOException {
        return ControlClient.connectTo(home);
    }
}
