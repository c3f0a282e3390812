package org.tidebox.server.operator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.feature.NoProviderException;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.admin.AdminException;
import org.tidebox.server.admin.ContentPart;
import org.tidebox.server.admin.ServerAdmin;
import org.tidebox.server.admin.StoredFile;
import org.tidebox.server.ingest.ContentWriter.Content;
import org.tidebox.server.operator.AccountLibraries.Found;
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.Node;
import org.tidebox.wire.ProblemException;

/** What an operator does about the contents of people's libraries. Thread-safe. */
final class ContentAdmin {
    private static final Logger AUDIT = LoggerFactory.getLogger("org.tidebox.audit");

    private final TideboxServer server;
    private final AccountLibraries libraries;

    ContentAdmin(TideboxServer server) {
        this.server = server;
        this.libraries = new AccountLibraries(server.data());
    }

    ContentPart read(String account, String library, String path, long version, long from) throws AdminException {
        return run(() -> {
            Found found = libraries.find(account, library);
            Session session = Session.ofOperator(found.account());
            Node file = server.paths().file(session, found.library().id(), path, version);
            long size = file.recipe().size();
            if (from < 0 || from > size) {
                throw new AdminException("'" + path + "' has " + size + " bytes; there is no byte " + from);
            }
            if (from == 0) {
                AUDIT.info("content read: account={} library={} path={} version={} by=operator", account,
                        found.library().name(), path, file.sequence());
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            server.reader().read(session, file.recipe(), from, ServerAdmin.MAX_PART, bytes);
            return new ContentPart(file.sequence(), size, Base64.getEncoder().encodeToString(bytes.toByteArray()));
        });
    }

    StoredFile put(String account, String library, String path, Path file) throws AdminException {
        return run(() -> {
            Found found = libraries.find(account, library);
            if (!Files.isRegularFile(file)) {
                throw new AdminException("There is no file " + file + " that the server can read");
            }
            try (FileChannel bytes = FileChannel.open(file)) {
                Node stored = server.writer().write(Session.ofOperator(found.account()), found.library().id(), path,
                        new Content(bytes, bytes.size(), Files.getLastModifiedTime(file).toInstant()));
                AUDIT.info("content put: account={} library={} path={} version={} by=operator", account,
                        found.library().name(), path, stored.sequence());
                return new StoredFile(account, found.library().name(), path, stored.sequence(),
                        stored.recipe().size());
            }
        });
    }

    private static <R> R run(Work<R> work) throws AdminException {
        try {
            return work.run();
        } catch (StorageException | ProblemException | NoProviderException e) {
            throw new AdminException(e.getMessage());
        } catch (IOException e) {
            throw new AdminException("The file cannot be read (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                    + ")");
        }
    }

    /** What an operator asked for. */
    @FunctionalInterface
    private interface Work<R> {
        R run() throws StorageException, ProblemException, IOException, AdminException;
    }
}
