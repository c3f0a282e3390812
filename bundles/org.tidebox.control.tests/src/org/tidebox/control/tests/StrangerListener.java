package org.tidebox.control.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Assumptions;

/** A process of the user nobody that listens on a socket and tells what it heard. Needs root and Python. */
final class StrangerListener implements AutoCloseable {
    private static final String PROGRAM = """
            import os, pwd, socket, sys
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(sys.argv[1])
            os.setuid(pwd.getpwnam('nobody').pw_uid)
            listener.listen()
            print('ready', flush=True)
            print(len(listener.accept()[0].recv(1000)), flush=True)
            """;
    private final Process process;
    private final BufferedReader said;

    private StrangerListener(Process process) {
        this.process = process;
        this.said = process.inputReader();
    }

    /** Listens on a socket that is made by root, in whatever folder. */
    static StrangerListener on(Path socket) throws IOException {
        assumeRoot(socket.getParent());
        Process started;
        try {
            started = new ProcessBuilder("python3", "-c", PROGRAM, socket.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            Assumptions.abort("Python is needed: " + e.getMessage());
            throw e;
        }
        StrangerListener listener = new StrangerListener(started);
        assertThat(listener.said.readLine()).isEqualTo("ready");
        return listener;
    }

    /** Gives a file or folder to the user nobody. */
    static void give(Path path) throws IOException {
        assumeRoot(path);
        Files.setOwner(path, nobody(path));
    }

    /** Waits until the caller has gone, and returns how many bytes it had sent. */
    int bytesHeard() throws IOException {
        return Integer.parseInt(said.readLine());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static void assumeRoot(Path path) throws IOException {
        Assumptions.assumeTrue(Files.getOwner(path).getName().equals("root"), "only root can act as another user");
    }

    private static UserPrincipal nobody(Path path) throws IOException {
        return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    }
}
