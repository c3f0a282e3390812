package org.tidebox.sync.internal.held;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.rules.Action;
import org.tidebox.rules.ConditionParser;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Rule;
import org.tidebox.rules.RuleList;
import org.tidebox.rules.TypeGroups;
import org.tidebox.sync.derby.DerbyClientDatabaseProvider;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryRemote;

/**
 * What a device pays for many entries that are held, beside as many that are the same on both sides:
 * {@code -Dtidebox.held.entries=100000} says how many. All are on the disk. Prints milliseconds, medians where a piece of work is
 * repeated, and bytes of the heap.
 */
@EnabledIfSystemProperty(named = "tidebox.held.entries", matches = "\\d+")
class HeldFiguresTest {
    private static final int ENTRIES = Integer.getInteger("tidebox.held.entries", 0);
    private static final int IN_A_FOLDER = 50;
    private static final int REPEATS = 15;
    private static final FolderId TREES = FolderId.random(new Random(1));

    @TempDir
    Path temporary;
    private final MemoryRemote server = new MemoryRemote();
    private int edits;

    /** Something whose time is taken. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    @Test
    void measureHeld() throws Exception {
        fill();
        for (int rules : new int[]{1, 50}) {
            try (ClientDatabase database = open("held" + rules); Device device = device(database)) {
                device.rules(rules(rules, Action.HOLD), Decider.TRANSFER_ALL);
                long before = heap();
                once("first run, all held, rules: " + rules, device::sync);
                System.out.printf("FIGURE held %d %.1f MB more heap than before it%n", ENTRIES,
                        (heap() - before) / 1e6);
                assertThat(device.folder().held()).hasSizeGreaterThan(ENTRIES);
                figures(device, "all held, rules: " + rules);
                once("list of all held, rules: " + rules, () -> device.folder().held());
                once("plan of all held anew, rules: " + rules, () -> {
                    device.rules(rules(rules, Action.HOLD), Decider.TRANSFER_ALL);
                    device.folder().sync(ScanScope.NOTHING, HeadNews.KNOWN_HEAD);
                });
            }
        }
    }

    /** Whoever is measured later finds warmer caches, so the two take turns. */
    @Test
    void measureScanWithAndWithoutRules() throws Exception {
        fill();
        int[] rules = {0, 50};
        long[][] nanos = new long[rules.length][REPEATS];
        try (ClientDatabase database = open("same"); Device device = device(database)) {
            device.sync();
            device.sync();
            for (int i = -REPEATS / 3; i < REPEATS; i++) {
                for (int j = 0; j < rules.length; j++) {
                    device.rules(rules(rules[j], Action.TRANSFER), Decider.TRANSFER_ALL);
                    long began = System.nanoTime();
                    device.folder().sync(ScanScope.EVERYTHING, HeadNews.KNOWN_HEAD);
                    nanos[j][Math.max(i, 0)] = System.nanoTime() - began;
                }
            }
        }
        for (int j = 0; j < rules.length; j++) {
            print(nanos[j], "scan of everything, all the same on both sides, rules: " + rules[j]);
        }
    }

    private void figures(Device device, String what) throws Exception {
        repeated("scan of everything, " + what, () -> {
        }, () -> device.folder().sync(ScanScope.EVERYTHING, HeadNews.KNOWN_HEAD));
        repeated("run of one change, " + what, () -> device.write("folder0/held0", "edit " + edits++),
                () -> device.folder().sync(ScanScope.folders(Set.of(Path.of("folder0"))), HeadNews.KNOWN_HEAD));
    }

    /** All files have the same content, so that a server in memory can keep them; the disk tells them apart. */
    private void fill() throws Exception {
        for (int i = 0; i < ENTRIES; i++) {
            Path file = temporary.resolve("root/folder" + i / IN_A_FOLDER + "/held" + i);
            if (i % IN_A_FOLDER == 0) {
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file, "content");
        }
    }

    /** None of the rules is met but by the default at the end. */
    private static Decider rules(int count, Action otherwise) throws Exception {
        List<Rule> rules = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            String condition = switch (i % 3) {
                case 0 -> "in /archive" + i + "/*/raw";
                case 1 -> "size > " + i + " GiB and not in old" + i;
                default -> "name ~ \"(draft|copy)[0-9]{" + i + "}.*\"";
            };
            rules.add(new Rule(ConditionParser.parse(condition), i % 2 == 0 ? Action.TRANSFER : Action.ASK));
        }
        return count == 0
                ? Decider.TRANSFER_ALL
                : Decider.of(new RuleList(rules, otherwise), TypeGroups.builtInOnly(), null);
    }

    private void once(String what, Work work) throws Exception {
        long began = System.nanoTime();
        work.run();
        System.out.printf("FIGURE held %d %.0f ms %s%n", ENTRIES, (System.nanoTime() - began) / 1e6, what);
    }

    private void repeated(String what, Work before, Work work) throws Exception {
        long[] nanos = new long[REPEATS];
        for (int i = -REPEATS / 3; i < REPEATS; i++) {
            before.run();
            long began = System.nanoTime();
            work.run();
            nanos[Math.max(i, 0)] = System.nanoTime() - began;
        }
        print(nanos, what);
    }

    private static void print(long[] nanos, String what) {
        Arrays.sort(nanos);
        System.out.printf("FIGURE held %d %.1f ms %s%n", ENTRIES, nanos[REPEATS / 2] / 1e6, what);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private ClientDatabase open(String name) throws Exception {
        return new DerbyClientDatabaseProvider(100, Duration.ofSeconds(1)).open(temporary.resolve("database " + name));
    }

    private Device device(ClientDatabase database) throws Exception {
        return new Device("one", temporary.resolve("root"), server, database.trees(TREES), 1);
    }
}
