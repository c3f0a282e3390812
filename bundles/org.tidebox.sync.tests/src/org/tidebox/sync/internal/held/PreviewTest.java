package org.tidebox.sync.internal.held;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.tidebox.rules.Action;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Decision;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.rules.FolderRules;
import org.tidebox.sync.rules.Held;
import org.tidebox.sync.rules.RulePreview;
import org.tidebox.sync.tests.Deciders;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.OnRuledDevices;

/** What is told before rules change is what happens then. {@code -Dtidebox.seed=n} replays a run. */
@Tag("D3")
@Tag("D4")
class PreviewTest extends OnRuledDevices {
    private final long seed = Long.getLong("tidebox.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final Map<String, Long> files = new TreeMap<>();

    /** Holds about every third file, and each time others. */
    private static Decider some(int salt) {
        return Deciders.timeless((candidate, now) -> new Decision(
                !candidate.folder() && isHeld(candidate.path(), salt) ? Action.HOLD : Action.TRANSFER, 1, ""));
    }

    private static boolean isHeld(String path, int salt) {
        return Math.floorMod((path + salt).hashCode(), 3) == 0;
    }

    @RepeatedTest(8)
    void filesAndBytesThatWouldMoveMoveAndNothingIsDeleted() throws Exception {
        System.out.println("-Dtidebox.seed=" + seed);
        int before = random.nextInt();
        int after = random.nextInt();
        boolean upload = random.nextBoolean();
        Device ruled = upload ? one : two;
        ruled.rules(rules(before, upload));
        write(one, 40);
        settle();
        RulePreview preview = ruled.folder().preview(rules(after, upload));
        assertThat(preview).isEqualTo(new RulePreview(count(before, after), bytes(before, after), count(after, before),
                bytes(after, before)));

        TreeSet<String> there = new TreeSet<>(two.content().keySet());
        ruled.rules(rules(after, upload));
        SyncTotals done = ruled.sync().done();
        assertThat(upload ? done.filesUp() : done.filesDown()).isEqualTo(preview.startFiles());
        assertThat(upload ? done.bytesUp() : done.bytesDown()).isEqualTo(preview.startBytes());
        settle();
        assertThat(two.content().keySet()).containsAll(there);
        assertThat(one.content().keySet()).containsAll(files.keySet());

        List<String> held = ruled.folder().held().stream().map(Held::path).toList();
        write(one, 0);
        settle();
        List<String> later = ruled.folder().held().stream().map(Held::path).toList();
        assertThat(later.size() - held.size()).as("with the next version").isEqualTo((int) preview.stopFiles());
    }

    private static FolderRules rules(int salt, boolean upload) {
        return upload
                ? new FolderRules(some(salt), Decider.TRANSFER_ALL)
                : new FolderRules(Decider.TRANSFER_ALL, some(salt));
    }

    /** Writes some more files, and all that there were anew. */
    private void write(Device device, int more) throws Exception {
        for (int i = 0; i < more; i++) {
            files.put("dir" + random.nextInt(4) + "/file" + i, 0L);
        }
        for (String path : files.keySet()) {
            String text = path + random.nextLong();
            device.write(path, text);
            files.put(path, (long) text.length());
        }
    }

    private long count(int held, int free) {
        return files.keySet().stream().filter(path -> isHeld(path, held) && !isHeld(path, free)).count();
    }

    private long bytes(int held, int free) {
        return files.entrySet().stream()
                .filter(file -> isHeld(file.getKey(), held) && !isHeld(file.getKey(), free))
                .mapToLong(Map.Entry::getValue).sum();
    }
}
