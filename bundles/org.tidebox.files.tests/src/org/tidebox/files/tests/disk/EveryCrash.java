package org.tidebox.files.tests.disk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;

/**
 * Does some work on a new disk, and lets the computer crash before one of the calls to it: each call in turn, and at
 * last right after the work. Each is tried several times, as what was not forced may be lost or not.
 */
public final class EveryCrash {
    private static final int TRIES = 4;

    private EveryCrash() {
    }

    /** Something that is done in a folder. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void in(Path folder) throws Exception;
    }

    /** Looks at what a crash left. */
    @FunctionalInterface
    public interface Look {
        /**
         * Looks.
         *
         * @param done whether the work was done
         */
        void at(Path folder, boolean done) throws Exception;
    }

    /**
     * Goes through all crashes.
     *
     * @param before what is done first, and lasts
     * @param work what the crash cuts short
     * @param look fails if it finds what must not be
     */
    public static void during(Work before, Work work, Look look) throws Exception {
        for (int seed = 0; seed < TRIES; seed++) {
            boolean done = false;
            for (int call = 1; !done; call++) {
                done = crash(new Random(31L * seed + call), call, before, work, look);
            }
        }
    }

    private static boolean crash(Random random, int call, Work before, Work work, Look look) throws Exception {
        Countdown countdown = new Countdown(call);
        try (SimDisk disk = new SimDisk(() -> Instant.EPOCH, countdown, true, SimDisk.TICK)) {
            countdown.disk = disk;
            Path folder = disk.files().getPath("/work/folder");
            disk.asUser(() -> Files.createDirectories(folder));
            disk.asUser(() -> {
                try {
                    before.in(folder);
                    return true;
                } catch (Exception e) {
                    throw new IllegalStateException("cannot prepare " + folder, e);
                }
            });
            boolean done = false;
            try {
                work.in(folder);
                done = true;
                disk.fail();
            } catch (Crash e) {
                // As planned.
            }
            countdown.calls = 0;
            disk.restart(random);
            try {
                look.at(folder, done);
            } catch (AssertionError | Exception e) {
                throw new AssertionError(done
                        ? "after the work"
                        : "after a crash at call " + call + ", "
                                + countdown.what,
                        e);
            }
            return done;
        }
    }

    private static final class Countdown implements Observer {
        private SimDisk disk;
        private int calls;
        private String what;

        Countdown(int calls) {
            this.calls = calls;
        }

        @Override
        public void before(String call) {
            if (calls > 0 && --calls == 0) {
                what = call;
                disk.fail();
                throw new Crash(call);
            }
        }

        @Override
        public boolean shows(String path) {
            return false;
        }

        @Override
        public void destroys(String path, byte[] content) {
            throw new IllegalStateException("nothing is shown");
        }
    }
}
