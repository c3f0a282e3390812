package org.tidebox.it.tests.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.FlakyNetwork;
import org.tidebox.it.tests.scene.Products;
import org.tidebox.it.tests.scene.Server;
import org.tidebox.it.tests.scene.Trees;
import org.tidebox.it.tests.scene.TwoDevices;

/**
 * While a person writes, renames and deletes on both devices, server and agents are killed as a power cut would, and
 * connections are cut, at random moments. Afterwards both devices hold the same, nothing that was written is missing,
 * and the server's check finds nothing. {@code -Dtidebox.kills=N} sets how often, {@code -Dtidebox.seed=N} replays.
 */
@Tag("C1")
@Tag("C3")
class KillIT {
    private static final int KILLS = Integer.getInteger("tidebox.kills", 6);
    private static final int FILES = 250;
    @TempDir
    Path temp;
    private final Set<String> mustBeThere = new HashSet<>();
    private Random random;

    @Test
    void killedProcessesAndCutConnectionsLoseNothing() throws Exception {
        long seed = Long.getLong("tidebox.seed", System.nanoTime());
        System.out.println("KillIT seed " + seed + ", kills " + KILLS);
        random = new Random(seed);
        try (TwoDevices scene = TwoDevices.start(temp);
                FlakyNetwork network = new FlakyNetwork(scene.server.port())) {
            scene.desktop.reachThrough(network, scene.server);
            for (int round = 0; round < KILLS; round++) {
                disturb(scene.laptop, round);
                disturb(scene.desktop, round);
                awaitSomeOf(scene.desktop.folder().resolve("laptop " + round));
                kill(scene, network, round);
                scene.ensureRunning();
            }
            scene.assertSame();
            Set<String> contents = new HashSet<>(Trees.contents(scene.desktop.folder()));
            assertThat(contents).as("seed %d", seed).containsAll(mustBeThere);
            assertThat(scene.laptop.folder().resolve(".tidebox/tmp")).isEmptyDirectory();
            assertThat(scene.desktop.folder().resolve(".tidebox/tmp")).isEmptyDirectory();
            check(scene.server);
        }
    }

    /** Works in a folder as a person does; each content is written once, so that it can be found again. */
    private void disturb(Device device, int round) throws IOException {
        String who = device.folder().getFileName() + " " + round;
        Path own = Files.createDirectories(device.folder().resolve(who));
        for (int i = 0; i < FILES; i++) {
            write(own.resolve("file " + i), who + " file " + i);
        }
        if (round > 0) {
            Path earlier = device.folder().resolve(device.folder().getFileName() + " " + (round - 1));
            Files.move(earlier, own.resolve("earlier"));
            write(own.resolve("earlier/file 0"), who + " edited");
            Path gone = own.resolve("earlier/file 1");
            mustBeThere.remove(Files.readString(gone));
            Files.delete(gone);
        }
    }

    private void write(Path file, String title) throws IOException {
        String text = title + "\n" + Long.toString(random.nextLong(), 36).repeat(random.nextInt(1, 800));
        if (Files.exists(file)) {
            mustBeThere.remove(Files.readString(file));
        }
        Files.writeString(file, text);
        mustBeThere.add(text);
    }

    /** Waits until a random part of what the other device wrote has come. */
    private void awaitSomeOf(Path folder) {
        int wanted = random.nextInt(FILES);
        Awaitility.await().atMost(120, TimeUnit.SECONDS).pollInterval(5, TimeUnit.MILLISECONDS).until(() -> {
            String[] names = folder.toFile().list();
            return names != null && names.length >= wanted;
        });
    }

    private void kill(TwoDevices scene, FlakyNetwork network, int round) throws Exception {
        // Each alone at first, then any of them, some together.
        int victims = round < 4 ? 1 << round : random.nextInt(1, 16);
        if ((victims & 1) != 0) {
            scene.server.running().kill();
        }
        if ((victims & 2) != 0) {
            scene.laptop.running().kill();
        }
        if ((victims & 4) != 0) {
            scene.desktop.running().kill();
        }
        if ((victims & 8) != 0) {
            network.cut();
        }
    }

    private static void check(Server server) throws Exception {
        server.running().kill();
        Products.Said said = server.say("", "check");
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
    }
}
