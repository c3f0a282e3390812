package org.tidebox.sim.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.tidebox.files.tests.disk.Crash;
import org.tidebox.files.tests.disk.SimDisk;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;

/** Two simulated computers with hard links in calm weather: a test says what happens, and before which call. */
abstract class OnTwoComputers {
    private static final long SEED = twoDevicesWithLinks();

    World world;
    SimDevice here;
    SimDevice there;

    @BeforeEach
    final void start() throws Exception {
        world = new World(Script.of(SEED).with(List.of()));
        here = world.devices().get(0);
        there = world.devices().get(1);
    }

    private static long twoDevicesWithLinks() {
        for (long seed = 0;; seed++) {
            try (World world = new World(Script.of(seed))) {
                if (world.devices().size() == 2 && world.devices().stream().allMatch(
                        device -> device.hasLinks() && device.fileTick().equals(SimDisk.TICK))) {
                    return seed;
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @AfterEach
    final void stop() throws Exception {
        world.close();
    }

    /** All becomes quiet and the same, the edit in the instant took place, and these are the contents. */
    final void assertAll(String... contents) throws Exception {
        assertThat(here.hasHappened()).isTrue();
        assertAfter(contents);
    }

    /** All becomes quiet and the same, and these are the contents. */
    final void assertAfter(String... contents) throws Exception {
        world.settle();
        new Invariants(world).check();
        assertThat(here.content().values().stream().filter(entry -> entry.startsWith("file"))
                .map(entry -> entry.split(" ", 4)[3])).containsExactlyInAnyOrder(contents);
    }

    final void share(String name, String text) throws Exception {
        write(there, name, text);
        sync(there);
        sync(here);
        // A file that was just written is looked at once more.
        here.tick();
        sync(there);
        world.texts().destroyed(text);
        assertThat(here.content()).isEqualTo(there.content());
    }

    final void crash() {
        here.disk().fail();
        throw new Crash("the instant");
    }

    final void saveByRename(String name, String text) {
        asUser(here, () -> {
            Path fresh = Files.writeString(here.root().resolve("save.tmp"), world.texts().written(text));
            return Files.move(fresh, here.root().resolve(name), StandardCopyOption.REPLACE_EXISTING);
        });
    }

    final void write(SimDevice device, String name, String text) {
        asUser(device, () -> {
            Path path = device.root().resolve(name);
            if (Files.exists(path)) {
                world.texts().destroyed(SimDevice.text(path));
            }
            return Files.write(path, world.texts().written(text).getBytes(StandardCharsets.ISO_8859_1));
        });
    }

    static void asUser(SimDevice device, SimDisk.Deed<?> deed) {
        try {
            device.disk().asUser(deed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void sync(SimDevice device) throws Exception {
        device.tick();
        device.sync(ScanScope.EVERYTHING, HeadNews.UNKNOWN, Weather.calm());
    }
}
