package org.tidebox.storage.tests.jdbc;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A private PostgreSQL server with its data in {@code target/postgres}, which answers on the loopback interface to who
 * knows its random password. It ends with this process, even if that is killed; the next one then removes the data.
 */
final class PostgresServer implements AutoCloseable {
    private static final Path PARENT = Path.of("target", "postgres").toAbsolutePath();
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String INITDB = "initdb";
    private static final long PATIENCE_SECONDS = 60;
    // PostgreSQL refuses to run as root. As nobody it could not enter a folder that only root may enter, but for the
    // capability.
    private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534",
            "--clear-groups", "--inh-caps=+dac_override", "--ambient-caps=+dac_override");
    // Nothing here has to survive a crash.
    private static final List<String> SETTINGS = List.of("listen_addresses=127.0.0.1", "unix_socket_directories=",
            "fsync=off", "synchronous_commit=off", "full_page_writes=off");
    private static final String WATCH = "cat; kill -QUIT \"$1\"";

    private final Path folder = PARENT.resolve(Long.toString(ProcessHandle.current().pid()));
    private final Path log = folder.resolve("log");
    private final Path programs;
    private final String password;
    private Process server;
    private Process watchdog;
    private String url;

    private PostgresServer(Path programs) {
        this.programs = programs;
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.password = HexFormat.of().formatHex(random);
    }

    /**
     * Starts a server.
     *
     * @param programs the folder with the programs of PostgreSQL
     */
    static PostgresServer start(Path programs) throws IOException {
        PostgresServer postgres = new PostgresServer(programs);
        boolean started = false;
        try {
            removeLeftovers();
            postgres.initialise();
            postgres.run();
            started = true;
            return postgres;
        } finally {
            if (!started) {
                postgres.close();
            }
        }
    }

    /** Returns the folder with the programs of an installed PostgreSQL; empty if there is none. */
    static Optional<Path> findPrograms() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            folders.add(Path.of(folder));
        }
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.map(version -> version.resolve("bin")).forEach(folders::add);
            }
        }
        for (Path folder : folders) {
            if (Files.isExecutable(folder.resolve(INITDB))) {
                return Optional.of(folder.resolve(INITDB).toRealPath().getParent());
            }
        }
        return Optional.empty();
    }

    /** Returns the address of its database, with user and password. */
    String url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        if (watchdog != null) {
            watchdog.getOutputStream().close();
            finish(watchdog);
            finish(server);
        }
        delete(folder);
    }

    private void initialise() throws IOException {
        Files.createDirectories(folder);
        Path passwordFile = Files.writeString(folder.resolve("password"), password);
        Process initdb = launch(INITDB, "--pgdata=" + folder.resolve("data"), "--username=tidebox",
                "--pwfile=" + passwordFile, "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync");
        finish(initdb);
        if (initdb.exitValue() != 0) {
            throw new IOException("initdb failed: " + Files.readString(log));
        }
    }

    private void run() throws IOException {
        int port = freePort();
        List<String> arguments = new ArrayList<>(List.of("-D", folder.resolve("data").toString(), "-p",
                Integer.toString(port)));
        SETTINGS.forEach(setting -> arguments.addAll(List.of("-c", setting)));
        server = launch("postgres", arguments.toArray(String[]::new));
        // Its input ends with this process, however that ends.
        watchdog = new ProcessBuilder("sh", "-c", WATCH, "sh", Long.toString(server.pid())).start();
        url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=tidebox&password=" + password;
        Awaitility.await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(this::answers);
    }

    private boolean answers() throws IOException {
        if (!server.isAlive()) {
            throw new IOException("PostgreSQL does not start: " + Files.readString(log));
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        try (Connection connection = source.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private Process launch(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(AS_NOBODY);
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    private void finish(Process process) throws IOException {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(
                        "does not end: " + process.info().commandLine().orElse("a program of PostgreSQL"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL was at work", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Removes the data of processes that were killed. */
    private static void removeLeftovers() throws IOException {
        if (Files.isDirectory(PARENT)) {
            try (Stream<Path> owners = Files.list(PARENT)) {
                for (Path owner : owners.toList()) {
                    if (ProcessHandle.of(Long.parseLong(owner.getFileName().toString())).isEmpty()) {
                        delete(owner);
                    }
                }
            }
        }
    }

    private static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(root)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }
}
