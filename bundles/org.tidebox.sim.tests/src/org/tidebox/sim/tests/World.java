package org.tidebox.sim.tests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ContentChunks;
import org.tidebox.files.tests.disk.Crash;
import org.tidebox.files.tests.disk.SimDisk;
import org.tidebox.sim.tests.Script.Step;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.tests.TinyChunker;
import org.tidebox.tree.Recipe;

/** A server, some devices, and what happens to them. Plays one script. */
final class World implements AutoCloseable {
    private static final Duration STEP = Duration.ofNanos(20_000);
    /** How coarse the clocks of disks are: of the newest ones, of most, of ext4 with inodes of 128 bytes, and of FAT. */
    private static final List<Duration> TICKS = List.of(Duration.ofNanos(1), SimDisk.TICK, Duration.ofSeconds(1),
            Duration.ofSeconds(2));
    private static final int DEEPEST = 2;
    /** What people and other devices do during one step: the more there is to sync the more they do, without an end. */
    private static final int MOST_DEEDS = 200;
    private static final int USERS_IN_TEN = 8;
    private static final int MOST_POINTS = 40;
    /** So many times as a disk is mounted or unmounted while the engine works, something else happens. */
    private static final int MOUNTS = 6;

    private final Trace trace = new Trace();
    private final SimClock clock = new SimClock();
    private final Texts texts = new Texts();
    private final SimServer server;
    private final List<SimDevice> devices = new ArrayList<>();
    private final List<Callable<?>> late = new ArrayList<>();
    private final Chunker chunker;
    private final Set<Gone> gone = new HashSet<>();
    private int depth;
    private int busy;

    World(Script script) throws Exception {
        server = new SimServer(clock, () -> devices.forEach(SimDevice::connect));
        // Small chunks, so that large texts have many: some recipes are deep, and some chunks are worth a patch.
        chunker = new TinyChunker(script.seed() % 2 == 0 ? 128 : 512);
        Random random = new Random(script.seed());
        Random clocks = new Random(random.nextLong());
        boolean oneKind = clocks.nextBoolean();
        for (int i = 0; i < script.devices(); i++) {
            Duration tick = oneKind ? SimDisk.TICK : TICKS.get(clocks.nextInt(TICKS.size()));
            devices.add(new SimDevice(this, i, new Random(random.nextLong()), tick));
        }
    }

    Trace trace() {
        return trace;
    }

    SimClock clock() {
        return clock;
    }

    SimServer server() {
        return server;
    }

    Chunker chunker() {
        return chunker;
    }

    Texts texts() {
        return texts;
    }

    List<SimDevice> devices() {
        return devices;
    }

    /** Something reaches the server later, whatever the device thinks by then. */
    void later(Callable<?> request) {
        late.add(request);
    }

    /** Does a step of the script. */
    void perform(Step step) throws Exception {
        busy = 0;
        Random random = new Random(step.salt());
        SimDevice device = devices.get(step.device());
        trace.add(step.number() + " " + step.act() + " " + device.name());
        switch (step.act()) {
            case USER -> user(device, Moment.QUIET, random);
            case SYNC -> device.sync(random);
            case RESTART -> {
                device.connect();
                device.start();
            }
            case BACK_UP_DATABASE -> device.backUpDatabase();
            case RESTORE_DATABASE -> device.restoreDatabase();
            case DELETE_DATABASE -> device.deleteDatabase();
            case BACK_UP_SERVER -> server.backUp();
            case RESTORE_SERVER -> server.restore();
            case CRASH_SERVER -> crashServer(random);
            case MOUNT -> trace.add(device.mount().change(random));
            case LATE_REQUEST -> deliverLate(random.nextInt(1 + late.size()));
            case TIME -> clock.advance(Duration.ofMinutes(random.nextInt(15)));
        }
    }

    private void crashServer(Random random) throws Exception {
        if (random.nextInt(4) == 0) {
            server.crash(random);
        } else {
            server.crashIn(1 + random.nextInt(MOST_POINTS), random);
        }
    }

    private void deliverLate(int count) {
        for (int i = 0; i < count && !late.isEmpty(); i++) {
            trace.add("a late request arrives");
            try {
                trace.add(String.valueOf(late.removeFirst().call()));
            } catch (Exception e) {
                trace.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private void user(SimDevice device, Moment moment, Random random) throws IOException {
        clock.advance(Duration.ofMillis(List.of(0, 1, 30, 3000).get(random.nextInt(4))));
        trace.add(new SimUser(device, random, texts, moment).act());
    }

    /** The engine of a device is about to do something. */
    void before(SimDevice device, String what) {
        device.reach(what);
        clock.advance(STEP);
        trace.note(what);
        Weather weather = device.weather();
        if (weather.crashes()) {
            device.disk().fail();
            throw new Crash(what);
        }
        Moment moment = Moment.before(what.split(" ")[0], device.hasLinks());
        if (depth < DEEPEST && moment != Moment.NOTHING && weather.interferes() && busy < MOST_DEEDS) {
            busy++;
            depth++;
            trace.deeper(1);
            try {
                interfere(device, moment, weather.random);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                trace.deeper(-1);
                depth--;
            }
        }
    }

    private void interfere(SimDevice device, Moment moment, Random random) throws Exception {
        if (moment == Moment.IN_PLACE) {
            user(device, moment, random);
            return;
        }
        if (moment == Moment.QUIET && device.mount().isKnown() && random.nextInt(MOUNTS) == 0) {
            trace.add(device.mount().change(random));
            return;
        }
        SimDevice other = devices.get(random.nextInt(devices.size()));
        if (other.isRunning() || random.nextInt(10) < USERS_IN_TEN) {
            user(random.nextInt(3) == 0 ? other : device, moment, random);
        } else {
            trace.add("meanwhile " + other.name() + " syncs");
            other.sync(random);
        }
    }

    /**
     * Invariants 3 and 4, at the moment where they could break: what goes from a disk must be on the server, or
     * elsewhere on the disk, as what moves to another file system, unless a person destroyed it there. What went before,
     * and was brought back by a power cut, may go again though the server was set back meanwhile.
     */
    void destroys(SimDevice device, String path, byte[] content) {
        trace.add(device.name() + " takes away " + path);
        Recipe recipe = recipe(content);
        String text = new String(content, StandardCharsets.ISO_8859_1);
        boolean wentBefore = path.contains(SyncFolder.MARKER_FOLDER)
                && !gone.add(new Gone(device.name(), path, recipe));
        if (!wentBefore && server.versions().stream().noneMatch(node -> Objects.equals(node.recipe(), recipe))
                && !device.holds(content) && !texts.isDestroyed(text)) {
            throw new AssertionError(
                    device.name() + " destroys " + path + ", which the server does not have: " + text);
        }
    }

    private record Gone(String device, String path, Recipe recipe) {
    }

    /** Returns the recipe that a content has. */
    Recipe recipe(byte[] content) {
        try {
            return ContentChunks.<RuntimeException>cut(Channels.newChannel(new ByteArrayInputStream(content)), chunker,
                    (id, raw, level) -> {
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets all faults end, and all devices sync until nothing moves. */
    void settle() throws Exception {
        trace.add("all becomes quiet");
        for (SimDevice device : devices) {
            device.mount().settle();
        }
        server.crashIn(0, new Random(0));
        deliverLate(late.size());
        boolean quiet = false;
        for (int round = 0; round < 12 && !quiet; round++) {
            long before = server.head();
            quiet = true;
            for (SimDevice device : devices) {
                clock.advance(Duration.ofMinutes(11));
                trace.add("settle " + device.name());
                quiet &= device.sync(ScanScope.EVERYTHING, HeadNews.UNKNOWN, Weather.calm())
                        .filter(report -> report.quiet() && report.done().equals(SyncTotals.NONE)).isPresent()
                        && device.database().cursor() == server.head();
            }
            quiet &= before == server.head();
        }
        if (!quiet) {
            throw new AssertionError("still not quiet: "
                    + devices.stream().map(device -> device.folder().status().toString()).toList());
        }
    }

    @Override
    public void close() throws IOException {
        devices.forEach(SimDevice::close);
        server.close();
    }
}
