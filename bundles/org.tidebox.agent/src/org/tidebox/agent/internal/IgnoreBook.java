package org.tidebox.agent.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.feature.Lease;
import org.tidebox.rules.IgnoreDefaults;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.rules.IgnoreRegistry;
import org.tidebox.rules.IgnoreScope;

/** What is ignored in all sync folders of this device, as a file that its owner can read and change. */
final class IgnoreBook implements IgnoreProvider {
    private static final Logger LOG = LoggerFactory.getLogger(IgnoreBook.class);

    private final Path file;
    private final IgnoreRegistry registry;
    private String given;

    IgnoreBook(Path file, IgnoreRegistry registry) {
        this.file = file;
        this.registry = registry;
    }

    /** Returns the text of the file, which is made if it is missing. */
    synchronized String defaults() {
        given = read();
        return given;
    }

    /** Returns whether the text is another one than was returned last. */
    synchronized boolean hasChanged() {
        return given != null && !given.equals(read());
    }

    Path file() {
        return file;
    }

    private String read() {
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, IgnoreDefaults.text());
            }
            return Files.readString(file);
        } catch (IOException e) {
            LOG.error("{} cannot be used: {}; what it usually names is ignored", file, e.getMessage());
            return IgnoreDefaults.text();
        }
    }

    /** Asks whichever provider is in use at that moment. */
    @Override
    public IgnoreScope root(String defaults, String own) {
        try (Lease<IgnoreProvider> lease = registry.acquire()) {
            return lease.get().root(defaults, own);
        }
    }
}
