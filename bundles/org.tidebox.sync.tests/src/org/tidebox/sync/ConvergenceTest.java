package org.tidebox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.tests.CrashingStore;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.RandomUser;

/**
 * Invariants 1, 3, 6 and 7: whatever people do on several devices, in whatever order these meet the server, all end up
 * the same, and no text is lost that nobody destroyed himself. {@code -Dseed=n} replays one run, {@code -Dseeds=n}
 * does more.
 */
@Tag("C1")
@Tag("D1")
class ConvergenceTest {
    private static final int SEEDS = Integer.getInteger("tidebox.seeds", 150);

    /** What goes wrong beside the people. */
    private enum Faults {
        NONE, SERVER, CRASHES
    }

    @Test
    void devicesBecomeTheSameAndNothingIsLost() throws Exception {
        runAll(Faults.NONE);
    }

    @Test
    void sameWithAServerThatFailsAndForgetsToAnswer() throws Exception {
        runAll(Faults.SERVER);
    }

    @Test
    void sameWithCrashesBetweenDiskAndDatabase() throws Exception {
        runAll(Faults.CRASHES);
    }

    private static void runAll(Faults faults) throws Exception {
        Integer only = Integer.getInteger("tidebox.seed");
        for (int seed = only == null ? 0 : only; seed < (only == null ? SEEDS : only + 1); seed++) {
            new Run(seed, faults).run();
        }
    }

    private static final class Run {
        private final int seed;
        private final Faults faults;
        private final Random random;
        private final MemoryRemote server = new MemoryRemote();
        private final List<Device> devices = new ArrayList<>();
        private final List<String> log = new ArrayList<>();
        private final Set<String> written = new TreeSet<>();
        private final Set<String> destroyed = new TreeSet<>();
        private final RandomUser user;

        Run(int seed, Faults faults) {
            this.seed = seed;
            this.faults = faults;
            this.random = new Random(seed);
            this.user = new RandomUser(random, written, destroyed);
        }

        void run() throws Exception {
            try (FileSystem files = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                    .setAttributeViews("basic", "owner", "posix", "unix").build())) {
                for (int i = 0; i < 2 + random.nextInt(2); i++) {
                    devices.add(new Device("d" + i, files.getPath("/d" + i), server,
                            new CrashingStore(new MemoryTreeStore()), 1000L * seed + i));
                }
                work();
                settle();
                check();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ", faults " + faults + "\n" + String.join("\n", log), e);
            }
        }

        private void work() throws Exception {
            for (int step = 0; step < 12 + random.nextInt(20); step++) {
                Device device = devices.get(random.nextInt(devices.size()));
                log.add(user.act(device));
                if (random.nextInt(3) == 0) {
                    Device syncing = devices.get(random.nextInt(devices.size()));
                    log.add("sync " + devices.indexOf(syncing));
                    sync(syncing);
                }
                if (random.nextInt(10) == 0) {
                    log.add("restart");
                    device.start();
                }
            }
        }

        private void sync(Device device) throws Exception {
            prepareFaults(device);
            try {
                device.folder().sync(scope(device), HeadNews.UNKNOWN_HEAD);
            } catch (RemoteException e) {
                log.add("failed: " + e.getMessage());
            } catch (TreeStoreException e) {
                log.add(e.getMessage());
                ((CrashingStore) device.store()).mend();
                device.start();
            }
            ((CrashingStore) device.store()).mend();
            server.failIn(-1);
        }

        /** A watcher names folders, possibly too early or too late; the scan at the end of a run finds the rest. */
        private ScanScope scope(Device device) throws IOException {
            if (random.nextBoolean()) {
                return ScanScope.EVERYTHING;
            }
            try (Stream<Path> paths = Files.walk(device.path(""))) {
                Set<Path> folders = new HashSet<>(paths.sorted()
                        .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                                && !path.startsWith(device.path(SyncFolder.MARKER_FOLDER)) && random.nextBoolean())
                        .toList());
                return random.nextBoolean() ? ScanScope.folders(folders) : entries(folders);
            }
        }

        private ScanScope entries(Set<Path> folders) {
            Set<Path> there = new HashSet<>();
            Set<Path> gone = new HashSet<>();
            for (Path folder : folders.stream().sorted().toList()) {
                for (String name : RandomUser.names()) {
                    if (random.nextBoolean()) {
                        (random.nextBoolean() ? there : gone).add(folder.resolve(name));
                    }
                }
            }
            return ScanScope.entries(there, gone);
        }

        private void prepareFaults(Device device) {
            if (faults == Faults.SERVER && random.nextInt(3) == 0) {
                server.failIn(random.nextInt(4));
            } else if (faults == Faults.SERVER && random.nextInt(3) == 0) {
                server.loseNextAnswer();
            } else if (faults == Faults.CRASHES && random.nextInt(2) == 0) {
                ((CrashingStore) device.store()).crashAfter(random.nextInt(6));
            }
        }

        private void settle() throws Exception {
            for (int round = 0; round < 8; round++) {
                long before = server.head();
                boolean quiet = true;
                for (Device device : devices) {
                    log.add("settle " + devices.indexOf(device));
                    try {
                        SyncReport report = device.sync();
                        if (report.stopped()) {
                            // The only question here is whether the person meant to delete all.
                            device.folder().resume();
                        }
                        quiet &= report.quiet() && device.store().cursor() == server.head();
                    } catch (RemoteException e) {
                        quiet = false;
                    }
                }
                if (quiet && before == server.head()) {
                    return;
                }
            }
            throw new AssertionError(
                    "still not quiet: " + devices.stream().map(device -> device.folder().status().toString()).toList());
        }

        private void check() throws Exception {
            TreeMap<String, String> expected = devices.getFirst().content();
            for (Device device : devices) {
                assertThat(device.content()).isEqualTo(expected);
                assertThat(device.folder().status().problems()).isEmpty();
                assertThat(device.store().differences().isEmpty()).isTrue();
                assertThat(device.store().cursor()).isEqualTo(server.head());
            }
            assertThat(server.live()).hasSize(expected.size());
            Set<String> lost = new TreeSet<>(written);
            lost.removeAll(destroyed);
            lost.removeIf(text -> expected.values().stream().anyMatch(content -> content.endsWith(text)));
            assertThat(lost).as("lost texts").isEmpty();
        }
    }
}
