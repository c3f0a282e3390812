package org.tidebox.control.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlClient;
import org.tidebox.control.ControlConnection;
import org.tidebox.control.ControlName;
import org.tidebox.control.ControlServer;
import org.tidebox.control.ControlSocket;

@Tag("C9")
class ControlSocketTest {
    @TempDir
    Path folder;

    @Test
    void aShortHomeHoldsItsSocket() throws IOException {
        assertThat(ControlSocket.of(folder)).isEqualTo(folder.toRealPath().resolve("control/socket"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLongHomeHasAShortSocketAndNotesIt() throws Exception {
        Path home = Files.createDirectories(folder.resolve("ü".repeat(60)).resolve("home"));
        Path socket = ControlSocket.of(home);
        assertThat(socket.toString().length()).isLessThanOrEqualTo(100);
        assertThat(home.resolve("control.path")).hasContent(socket.toString());
        assertThat(ControlSocket.of(home)).isEqualTo(socket);
        assertThat(ControlSocket.of(Files.createDirectories(home.resolve("other")))).isNotEqualTo(socket);
        try (ControlServer server = new ControlServer(socket)
                .serve(new ControlApi<>(Kitchen.class, new Kitchen.Cook()))) {
            server.start();
            try (ControlConnection connection = ControlClient.connectTo(home)) {
                assertThat(connection.api(Kitchen.class).maybe(true)).contains("yes");
            }
        }
    }

    @Test
    void theNoteCountsUnlessItsPlaceIsNoMore() throws IOException {
        Path home = Files.createDirectories(folder.resolve("x".repeat(100)));
        Path noted = folder.toRealPath().resolve("run/t.sock");
        Files.writeString(home.resolve("control.path"), noted + "\n");
        assertThat(ControlSocket.of(home)).isEqualTo(noted);
        Files.writeString(home.resolve("control.path"), "/no/such/directory/t.sock");
        assertThat(ControlSocket.of(home)).isNotEqualTo(Path.of("/no/such/directory/t.sock"));
        Files.writeString(home.resolve("control.path"), "\0");
        assertThat(ControlSocket.of(home)).isAbsolute();
    }

    @Test
    void aHomeThatIsNotThereYetIsNotMade() throws IOException {
        Path home = folder.resolve("y".repeat(120));
        assertThat(ControlSocket.of(home).toString().length()).isLessThanOrEqualTo(100);
        assertThat(home).doesNotExist();
    }

    @ControlName("twice")
    interface Twice {
        void go(int a);

        void go(String a);
    }

    @Test
    void overloadedMethodsAreRefused() {
        Twice target = new Twice() {
            @Override
            public void go(int a) {
                throw new AssertionError();
            }

            @Override
            public void go(String a) {
                throw new AssertionError();
            }
        };
        assertThatThrownBy(() -> new ControlServer(folder.resolve("s")).serve(new ControlApi<>(Twice.class, target)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("several methods go");
    }
}
