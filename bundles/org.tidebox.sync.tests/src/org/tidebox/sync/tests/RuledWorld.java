package org.tidebox.sync.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.rules.CandidateMode;
import org.tidebox.rules.Direction;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.rules.Held;

/**
 * Two or three devices with rules, and people who do this and that there. After each run nothing is where it may not be.
 * What happens hangs on the seed alone; each step takes a minute.
 */
public final class RuledWorld implements AutoCloseable {
    public final List<RuledDevice> devices = new ArrayList<>();
    public final List<String> log = new ArrayList<>();
    public final MemoryRemote server = new MemoryRemote();
    public final Set<String> written = new TreeSet<>();
    public final Set<String> destroyed = new TreeSet<>();
    private final Set<String> mayGo = new HashSet<>();
    private final Random random;
    private final RandomUser user;
    private final FileSystem files;
    private Instant now = Instant.parse("2026-02-14T09:00:00Z");

    public RuledWorld(int seed, CandidateMode candidates) throws IOException {
        random = new Random(seed);
        user = new RandomUser(random, written, destroyed, () -> now);
        files = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setFileTimeSource(() -> FileTime.from(now)).setAttributeViews("basic", "owner", "posix", "unix")
                .build());
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            Device device = new Device("d" + i, files.getPath("/d" + i), server, new MemoryTreeStore(),
                    1000L * seed + i, () -> now);
            devices.add(new RuledDevice(device, candidates, mayGo));
            changeRules(devices.getLast());
        }
    }

    /** Somebody does something, and a device here and there works. */
    public void step() throws Exception {
        pass();
        RuledDevice ruled = some();
        log.add(user.act(ruled.device));
        if (random.nextInt(3) == 0) {
            sync(some());
        }
        if (random.nextInt(8) == 0) {
            choose(ruled);
        }
        if (random.nextInt(15) == 0) {
            restart(ruled);
        }
    }

    public RuledDevice some() {
        return devices.get(random.nextInt(devices.size()));
    }

    public boolean isNow(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    public int between(int least, int more) {
        return least + random.nextInt(more);
    }

    public void restart(RuledDevice ruled) {
        log.add("restart " + devices.indexOf(ruled));
        ruled.device.start();
    }

    public void changeRules(RuledDevice ruled) {
        log.add("rules " + devices.indexOf(ruled) + ": "
                + ruled.rule(random.nextInt(3), random.nextInt(3), random.nextBoolean()));
    }

    public void free(RuledDevice ruled) {
        log.add("rules " + devices.indexOf(ruled) + ": " + ruled.free());
    }

    private void pass() {
        now = now.plus(Duration.ofMinutes(1));
    }

    private void choose(RuledDevice ruled) throws Exception {
        sync(ruled);
        for (Held held : ruled.device.folder().choose(held -> random.nextBoolean(), true)) {
            log.add("choose " + devices.indexOf(ruled) + " " + held.direction() + " " + held.path());
            Path path = ruled.device.path(held.path());
            if (held.direction() == Direction.UPLOAD && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                mayGo.add(Files.readString(path));
            } else if (held.direction() == Direction.DOWNLOAD) {
                server.live().stream().filter(node -> node.recipe() != null).forEach(node -> ruled.mayCome
                        .add(held.size() + "@" + Instant.ofEpochSecond(0, node.attributes().mtime())));
            }
        }
    }

    public SyncReport sync(RuledDevice ruled) throws Exception {
        pass();
        log.add("sync " + devices.indexOf(ruled));
        ruled.had.addAll(ruled.texts().keySet());
        SyncReport report = ruled.device.sync();
        if (report.stopped()) {
            ruled.device.folder().resume();
            report = ruled.device.sync();
        }
        checkInvariantNine(ruled);
        return report;
    }

    private void checkInvariantNine(RuledDevice ruled) {
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
    }

    /** Lets all work until nothing is left but what is held, and checks that all of that is listed. */
    public void settle() throws Exception {
        for (int round = 0; round < 8; round++) {
            long before = server.head();
            boolean quiet = true;
            for (RuledDevice ruled : devices) {
                SyncReport report = sync(ruled);
                quiet &= report.quiet() && ruled.device.store().cursor() == server.head();
            }
            if (quiet && before == server.head()) {
                checkAllIsListed();
                return;
            }
        }
        throw new AssertionError("still not quiet: "
                + devices.stream().map(ruled -> ruled.device.folder().status().toString()).toList());
    }

    private void checkAllIsListed() throws Exception {
        for (RuledDevice ruled : devices) {
            if (ruled.device.folder().status().problems().isEmpty()) {
                assertThat(ruled.device.folder().held()).as("what is held on %s", devices.indexOf(ruled))
                        .hasSize(ruled.device.store().dirty(null, Integer.MAX_VALUE).size());
            }
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
