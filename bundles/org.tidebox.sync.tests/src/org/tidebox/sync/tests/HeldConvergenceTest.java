package org.tidebox.sync.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.rules.Action;
import org.tidebox.rules.Candidate;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Decision;
import org.tidebox.rules.Direction;
import org.tidebox.sync.Held;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.SyncReport;

/**
 * Invariant 9: whatever people do, while rules hold this and that, change and are set aside for single files, no text
 * leaves a device and none comes to one before it may; each run comes to an end; and when all rules are gone, all devices
 * become the same, and nothing is lost. {@code -Dtidebox.seed=n} replays one run, {@code -Dtidebox.seeds=n} does more.
 */
@Tag("D3")
@Tag("D4")
@Tag("D5")
class HeldConvergenceTest {
    private static final int SEEDS = Integer.getInteger("tidebox.seeds", 40);

    @Test
    void nothingMovesBeforeItMayAndNothingIsLost() throws Exception {
        Integer only = Integer.getInteger("tidebox.seed");
        for (int seed = only == null ? 0 : only; seed < (only == null ? SEEDS : only + 1); seed++) {
            new Run(seed).run();
        }
    }

    /** What one device may do, and which texts it had and was allowed. */
    private static final class Ruled {
        final Device device;
        final Set<String> mayGo;
        final Set<String> mayCome = new HashSet<>();
        final Set<String> had = new HashSet<>();
        int upload;
        int download;

        Ruled(Device device, Set<String> mayGo) {
            this.device = device;
            this.mayGo = mayGo;
        }

        /** Rules 0 hold nothing, 1 every second content, 2 all; what is told apart by its content, no path can help. */
        void rule(int newUpload, int newDownload) {
            upload = newUpload;
            download = newDownload;
            device.rules(this::up, this::down);
        }

        private Decision up(Candidate candidate, Instant now) {
            String text = candidate.folder() ? "" : text(candidate);
            boolean held = upload == 2 || upload == 1 && text.hashCode() % 2 == 0;
            if (!held) {
                mayGo.add(text);
            }
            return new Decision(held ? Action.HOLD : Action.TRANSFER, 1, "");
        }

        private Decision down(Candidate candidate, Instant now) {
            boolean held = download == 2 || download == 1 && candidate.size() % 2 == 0;
            if (!held) {
                mayCome.add(candidate.size() + "@" + candidate.modified());
            }
            return new Decision(held ? Action.HOLD : Action.TRANSFER, 1, "");
        }

        private static String text(Candidate candidate) {
            try {
                InputStream content = candidate.content().open().orElse(InputStream.nullInputStream());
                try (content) {
                    return new String(content.readAllBytes(), StandardCharsets.UTF_8);
                }
            } catch (IOException e) {
                return "";
            }
        }

        /** Returns the texts on the disk, each with what was told of it while it was on the server. */
        Map<String, String> texts() {
            Map<String, String> texts = new TreeMap<>();
            try (Stream<Path> paths = Files.walk(device.path(""))) {
                for (Path path : paths.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                        && !path.startsWith(device.path(SyncFolder.MARKER_FOLDER))).toList()) {
                    texts.put(Files.readString(path),
                            Files.size(path) + "@" + Files.getLastModifiedTime(path).toInstant());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return texts;
        }
    }

    private static final class Run {
        private final int seed;
        private final Random random;
        private final MemoryRemote server = new MemoryRemote();
        private final List<Ruled> devices = new ArrayList<>();
        private final List<String> log = new ArrayList<>();
        private final Set<String> written = new TreeSet<>();
        private final Set<String> destroyed = new TreeSet<>();
        private final Set<String> mayGo = new HashSet<>();
        private final RandomUser user;

        Run(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.user = new RandomUser(random, written, destroyed);
        }

        void run() throws Exception {
            try (FileSystem files = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                    .setAttributeViews("basic", "owner", "posix", "unix").build())) {
                for (int i = 0; i < 2 + random.nextInt(2); i++) {
                    devices.add(new Ruled(new Device("d" + i, files.getPath("/d" + i), server, new MemoryTreeStore(),
                            1000L * seed + i), mayGo));
                    changeRules(devices.getLast());
                }
                work();
                settle();
                for (Ruled ruled : devices) {
                    ruled.rule(0, 0);
                }
                settle();
                check();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + "\n" + String.join("\n", log), e);
            }
        }

        private void work() throws Exception {
            for (int step = 0; step < 15 + random.nextInt(25); step++) {
                Ruled ruled = devices.get(random.nextInt(devices.size()));
                log.add(user.act(ruled.device));
                if (random.nextInt(3) == 0) {
                    sync(devices.get(random.nextInt(devices.size())));
                }
                if (random.nextInt(12) == 0) {
                    changeRules(ruled);
                }
                if (random.nextInt(8) == 0) {
                    choose(ruled);
                }
                if (random.nextInt(15) == 0) {
                    log.add("restart " + devices.indexOf(ruled));
                    ruled.device.start();
                }
            }
        }

        private void changeRules(Ruled ruled) {
            ruled.rule(random.nextInt(3), random.nextInt(3));
            log.add("rules " + devices.indexOf(ruled) + ": up " + ruled.upload + ", down " + ruled.download);
        }

        private void choose(Ruled ruled) throws Exception {
            sync(ruled);
            List<Held> chosen = ruled.device.folder().choose(held -> random.nextBoolean(), true);
            for (Held held : chosen) {
                log.add("choose " + devices.indexOf(ruled) + " " + held.direction() + " " + held.path());
                Path path = ruled.device.path(held.path());
                if (held.direction() == Direction.UPLOAD && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    mayGo.add(Files.readString(path));
                } else if (held.direction() == Direction.DOWNLOAD) {
                    server.live().stream().filter(node -> node.recipe() != null).forEach(
                            node -> ruled.mayCome.add(held.size() + "@" + time(node.attributes().mtime())));
                }
            }
        }

        private static Instant time(long nanos) {
            return Instant.ofEpochSecond(0, nanos);
        }

        private SyncReport sync(Ruled ruled) throws Exception {
            log.add("sync " + devices.indexOf(ruled));
            ruled.had.addAll(ruled.texts().keySet());
            SyncReport report = ruled.device.sync();
            if (report.stopped()) {
                ruled.device.folder().resume();
                report = ruled.device.sync();
            }
            ruled.texts().forEach((text, told) -> {
                assertThat(ruled.had.contains(text) || ruled.mayCome.contains(told))
                        .as("device %s may get '%s' (%s)", devices.indexOf(ruled), text, told).isTrue();
                ruled.had.add(text);
            });
            for (String text : written) {
                boolean gone = server.backUp().chunks()
                        .containsKey(ChunkCodec.idOf(StandardCharsets.UTF_8.encode(text)));
                assertThat(!gone || mayGo.contains(text)).as("'%s' may leave", text).isTrue();
            }
            return report;
        }

        private void settle() throws Exception {
            for (int round = 0; round < 8; round++) {
                long before = server.head();
                boolean quiet = true;
                for (Ruled ruled : devices) {
                    SyncReport report = sync(ruled);
                    quiet &= report.quiet() && ruled.device.store().cursor() == server.head();
                }
                if (quiet && before == server.head()) {
                    return;
                }
            }
            throw new AssertionError("still not quiet: "
                    + devices.stream().map(ruled -> ruled.device.folder().status().toString()).toList());
        }

        private void check() {
            TreeMap<String, String> expected = devices.getFirst().device.content();
            for (Ruled ruled : devices) {
                assertThat(ruled.device.content()).isEqualTo(expected);
                assertThat(ruled.device.folder().status().problems()).isEmpty();
            }
            Set<String> lost = new TreeSet<>(written);
            lost.removeAll(destroyed);
            lost.removeIf(text -> expected.values().stream().anyMatch(content -> content.endsWith(text)));
            assertThat(lost).as("lost texts").isEmpty();
        }
    }
}
