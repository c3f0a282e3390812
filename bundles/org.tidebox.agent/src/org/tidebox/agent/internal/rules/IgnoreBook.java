package org.tidebox.agent.internal.rules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.feature.Lease;
import org.tidebox.files.DurableFile;
import org.tidebox.rules.IgnoreDefaults;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.rules.IgnoreRegistry;
import org.tidebox.rules.IgnoreScope;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.ObstacleException;
import org.tidebox.sync.folder.SmallFile;

/** What is ignored in all sync folders of this device, as a file that its owner can read and change. */
public final class IgnoreBook implements IgnoreProvider {
    private static final Logger LOG = LoggerFactory.getLogger(IgnoreBook.class);

    private static final int MOST_BYTES = 64 * 1024;

    private final Path file;
    private final IgnoreRegistry registry;
    private Text given;
    private volatile String problem;

    /** What the file says; {@code problem} is why nobody knows, or {@code null}. */
    private record Text(String text, String problem) {
    }

    public IgnoreBook(Path file, IgnoreRegistry registry) {
        this.file = file;
        this.registry = registry;
    }

    /** Returns the text of the file, which is made if it is missing. */
    public synchronized String defaults() {
        given = read();
        if (given.problem != null && !given.problem.equals(problem)) {
            LOG.error("{}", given.problem);
        }
        problem = given.problem;
        return given.text;
    }

    /** Returns whether the text is another one than was returned last. */
    synchronized boolean hasChanged() {
        return given != null && !given.equals(read());
    }

    /** Returns what a person should know about the file; empty if it is in order. */
    Optional<String> notice() {
        return Optional.ofNullable(problem);
    }

    Path file() {
        return file;
    }

    private Text read() {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                new DurableFile(file).replace(IgnoreDefaults.text().getBytes(StandardCharsets.UTF_8));
            }
            // In the home nobody but its owner makes links, as those do who keep such files all in one place.
            return new Text(new String(SmallFile.read(file.toRealPath(), MOST_BYTES), StandardCharsets.UTF_8), null);
        } catch (IOException e) {
            return new Text("", "The file " + file + ", which tells what is ignored, cannot be used: " + reason(e)
                    + ". Nothing new is synchronised until it can");
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case ObstacleException known when known.getObstacle() instanceof Obstacle.NoRegularFile ->
                "it is no regular file";
            case ObstacleException known when known.getObstacle() instanceof Obstacle.TooLarge large ->
                "it is larger than "
                        + large.mostBytes() / 1024 + " KiB";
            case FileSystemException refused when refused.getReason() != null -> refused.getReason();
            default -> e.getMessage();
        };
    }

    /** Asks whichever provider is in use at that moment; what a file says that nobody can read may be anything. */
    @Override
    public IgnoreScope root(String defaults, String own) {
        if (problem != null) {
            return IgnoreScope.EVERYTHING;
        }
        try (Lease<IgnoreProvider> lease = registry.acquire()) {
            return lease.get().root(defaults, own);
        }
    }
}
