package org.tidebox.sync.derby;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.files.DurableFile;

/**
 * A file beside the database that says that it was found damaged while it was in use. It goes where the directory
 * goes.
 */
final class DamageNote {
    private static final Logger LOG = LoggerFactory.getLogger(DamageNote.class);
    private static final String FILE = "damaged";

    private final Path file;

    DamageNote(Path directory) {
        file = directory.resolve(FILE);
    }

    /** Returns what was found; empty if nothing was. */
    Optional<String> read() throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Notes what was found; the first finding stays. */
    void write(String message) {
        try {
            if (!Files.exists(file)) {
                new DurableFile(file).replace(message.getBytes(StandardCharsets.UTF_8));
                LOG.error("{}", message);
            }
        } catch (IOException e) {
            LOG.error("{}; and {} could not be written: {}", message, file, e.getMessage());
        }
    }
}
