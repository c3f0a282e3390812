package org.tidebox.cli.internal.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import org.tidebox.cli.internal.server.ServerCommands.OnServer;
import org.tidebox.cli.internal.shell.CommandFailure;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.server.admin.AdminException;
import org.tidebox.server.admin.ContentPart;
import org.tidebox.server.admin.ServerAdmin;
import org.tidebox.server.admin.StoredFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The contents of people's libraries, for the operator. */
final class ServerContentCommands {
    private ServerContentCommands() {
    }

    /** {@code tidebox server cat}. */
    @Command(name = "cat")
    static final class Cat extends OnServer {
        /** A JSON document is made in memory. */
        private static final long MOST_IN_JSON = 16 << 20;
        @Parameters(index = "0", paramLabel = "ACCOUNT")
        private String account;
        @Parameters(index = "1", paramLabel = "LIBRARY")
        private String library;
        @Parameters(index = "2", paramLabel = "PATH")
        private String path;
        @Option(names = "--version", paramLabel = "N")
        private long version;

        Cat(Context context, ServerCommands group) {
            super(context, group);
        }

        @Override
        public Outcome call() throws Exception {
            return server(options.json ? this::document : this::write);
        }

        private Outcome write(ServerAdmin server) throws AdminException {
            ContentPart part = server.readContent(account, library, path, version, 0);
            long done = 0;
            while (true) {
                byte[] bytes = Base64.getDecoder().decode(part.base64());
                shell.out().bytes(bytes);
                done += bytes.length;
                if (done >= part.size()) {
                    return Outcome.done(null, List.of());
                }
                // Of the same version, whatever comes meanwhile.
                part = server.readContent(account, library, path, part.version(), done);
            }
        }

        private Outcome document(ServerAdmin server) throws AdminException {
            ContentPart part = server.readContent(account, library, path, version, 0);
            if (part.size() > MOST_IN_JSON) {
                throw new AdminException("'" + path + "' has " + Units.bytes(part.size())
                        + ", too many for a JSON document; without --json it comes as it is");
            }
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            content.writeBytes(Base64.getDecoder().decode(part.base64()));
            while (content.size() < part.size()) {
                content.writeBytes(Base64.getDecoder().decode(
                        server.readContent(account, library, path, part.version(), content.size()).base64()));
            }
            return Outcome.done(new ContentPart(part.version(), part.size(),
                    Base64.getEncoder().encodeToString(content.toByteArray())), List.of());
        }
    }

    /** {@code tidebox server put}. */
    @Command(name = "put")
    static final class Put extends OnServer {
        private static final String INPUT = "-";
        @Parameters(index = "0", paramLabel = "ACCOUNT")
        private String account;
        @Parameters(index = "1", paramLabel = "LIBRARY")
        private String library;
        @Parameters(index = "2", paramLabel = "PATH")
        private String path;
        @Parameters(index = "3", paramLabel = "FILE")
        private String file;

        Put(Context context, ServerCommands group) {
            super(context, group);
        }

        @Override
        public Outcome call() throws Exception {
            requireData();
            return file.equals(INPUT) ? fromInput() : put(shell.resolve(file));
        }

        private Outcome put(Path from) throws CommandFailure, InterruptedException, IOException {
            return server(server -> {
                StoredFile stored = server.putContent(account, library, path, from);
                return Outcome.done(stored, "Stored '" + stored.path() + "' (" + Units.bytes(stored.size())
                        + ") as version " + stored.version() + ".");
            });
        }

        /** In a private file where the server can read it. */
        private Outcome fromInput() throws CommandFailure, InterruptedException, IOException {
            Path copy = Files.createTempFile(dataFolder(), "put", null);
            try {
                Files.copy(shell.in(), copy, StandardCopyOption.REPLACE_EXISTING);
                return put(copy);
            } finally {
                Files.deleteIfExists(copy);
            }
        }
    }
}
