package org.tidebox.server.data;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.UnknownFeatureException;
import org.tidebox.files.DurableFile;

/**
 * The swap points of a server, and which providers its operator chose. The choices lie in a file of the data folder and
 * not in the database, because they also say which database to open. Thread-safe.
 */
public class ServerFeatures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerFeatures.class);
    private static final String FILE = "features.properties";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofMillis(50);

    private final Path file;
    private final Supplier<List<FeaturePoint>> points;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Works with the choices of one data folder.
     *
     * @param points gives the swap points that there are now
     */
    public ServerFeatures(ServerLocation location, Supplier<List<FeaturePoint>> points) {
        this.file = location.data().resolve(FILE);
        this.points = points;
    }

    /** Returns the state of all swap points, by name. */
    public List<FeatureStatus> status() {
        return points.get().stream().map(FeaturePoint::status).sorted(Comparator.comparing(FeatureStatus::point))
                .toList();
    }

    /**
     * Chooses a provider, now and after restarts.
     *
     * @throws UnknownFeatureException if there is no such swap point or provider
     * @throws IOException if the choice cannot be stored
     */
    public FeatureStatus use(String point, String provider) throws UnknownFeatureException, IOException {
        FeaturePoint found = find(point).orElseThrow(() -> new UnknownFeatureException(
                "There is no swap point '" + point + "'; see 'tidebox server feature list'"));
        found.use(provider);
        store(point, provider);
        return found.status();
    }

    /** Waits no longer for providers. */
    @Override
    public void close() {
        closed.countDown();
    }

    /** Applies the stored choices; waits some seconds for chosen providers that are not there yet. */
    void settle() {
        Map<String, String> open = load();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            open.entrySet().removeIf(choice -> isApplied(choice.getKey(), choice.getValue()));
            while (!open.isEmpty() && System.nanoTime() < deadline
                    && !closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                open.entrySet().removeIf(choice -> isApplied(choice.getKey(), choice.getValue()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.forEach((point, provider) -> LOG.warn("The provider '{}' chosen for '{}' is not there", provider, point));
    }

    private boolean isApplied(String point, String provider) {
        try {
            Optional<FeaturePoint> found = find(point);
            if (found.isPresent()) {
                found.get().use(provider);
            }
            return found.isPresent();
        } catch (UnknownFeatureException e) {
            return false;
        }
    }

    private Optional<FeaturePoint> find(String name) {
        return points.get().stream().filter(point -> point.status().point().equals(name)).findFirst();
    }

    private Map<String, String> load() {
        Properties stored = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                stored.load(reader);
            } catch (IOException e) {
                LOG.warn("The choices in {} cannot be read ({}); the defaults hold", file, e.getMessage());
            }
        }
        Map<String, String> choices = new TreeMap<>();
        stored.stringPropertyNames().forEach(name -> choices.put(name, stored.getProperty(name)));
        return choices;
    }

    private void store(String point, String provider) throws IOException {
        Properties choices = new Properties();
        choices.putAll(load());
        choices.setProperty(point, provider);
        StringWriter text = new StringWriter();
        choices.store(text, null);
        new DurableFile(file).replace(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
