package org.tidebox.it.tests.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Server;

/**
 * What a server does for many devices: {@code -Dtidebox.devices=N} says how many, ten of each account. They make
 * changes as fast as they can, then at a steady rate, then at that rate beside big uploads, two of each of some
 * accounts. Prints a line for each.
 */
@EnabledIfSystemProperty(named = "tidebox.devices", matches = "\\d+")
class DevicesFiguresIT {
    private static final int DEVICES_EACH = 10;
    private static final int ACCOUNTS = Integer.getInteger("tidebox.devices", 0) / DEVICES_EACH;
    private static final int RATE = Integer.getInteger("tidebox.devices.rate", 100);
    private static final int UPLOADS = Integer.getInteger("tidebox.devices.uploads", 4);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("tidebox.devices.seconds", 20));
    private static final long UPLOAD = 256 << 20;
    @TempDir
    Path temp;
    private Server server;
    private Crowd crowd;

    /** Something to measure. */
    private interface Load {
        void run() throws Exception;
    }

    @Test
    void measure() throws Exception {
        try (Server started = new Server(temp).start()) {
            server = started;
            measureCrowd();
        }
    }

    private void measureCrowd() throws Exception {
        long began = System.nanoTime();
        try (Crowd joined = Crowd.join(server, ACCOUNTS, DEVICES_EACH)) {
            crowd = joined;
            System.out.printf(Locale.ROOT, "FIGURE %d devices joined and listen after %.1f s, server %.1f CPU s%n",
                    crowd.devices().size(), (System.nanoTime() - began) / 1e9, cpu(server.running().pid()) / 1e9);
            print("warming up", this::changeFast);
            print("as fast as they can", this::changeFast);
            print(RATE + "/s", () -> crowd.changeSteadily(RATE, TIME));
            AtomicLong uploaded = new AtomicLong();
            print(RATE + "/s beside " + UPLOADS + " big uploads", () -> changeBesideUploads(uploaded));
            System.out.printf(Locale.ROOT, "FIGURE the uploads brought %d MiB%n", uploaded.get() >> 20);
            assertThat(crowd.failures()).isEmpty();
        }
    }

    private void changeFast() throws Exception {
        long end = System.nanoTime() + TIME.toNanos();
        crowd.changeWhile(done -> System.nanoTime() < end);
    }

    private void changeBesideUploads(AtomicLong uploaded) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<LightDevice> uploaders = new ArrayList<>();
        for (int i = 0; i < UPLOADS; i++) {
            // Two of each account.
            uploaders.add(crowd.accounts().get(i / 2).get(i));
        }
        var running = uploaders.stream().map(device -> crowd.start(() -> {
            while (!over.get()) {
                device.upload(device.noise().stream(UPLOAD));
                uploaded.addAndGet(UPLOAD);
            }
        })).toList();
        crowd.changeSteadily(RATE, TIME);
        over.set(true);
        for (var upload : running) {
            upload.get();
        }
    }

    private void print(String what, Load load) throws Exception {
        crowd.commits().forget();
        crowd.pushes().forget();
        long serverBefore = cpu(server.running().pid());
        long ownBefore = cpu(ProcessHandle.current().pid());
        long began = System.nanoTime();
        load.run();
        double seconds = (System.nanoTime() - began) / 1e9;
        crowd.awaitPushes();
        System.out.printf(Locale.ROOT, "FIGURE %d devices, %s: %.0f changes/s, commit %s, push %s, %d failures,"
                + " CPU s server %.1f devices %.1f of %.1f, server at most %d MiB%n", crowd.devices().size(), what,
                crowd.commits().count() / seconds, crowd.commits(), crowd.pushes(), crowd.failures().size(),
                (cpu(server.running().pid()) - serverBefore) / 1e9,
                (cpu(ProcessHandle.current().pid()) - ownBefore) / 1e9, seconds, server.running().peakMemory());
    }

    private static long cpu(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).orElse(Duration.ZERO)
                .toNanos();
    }
}
