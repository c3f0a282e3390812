package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/**
 * Keeps an interrupt until a piece of work is done. Java closes the channel that an interrupted thread works on, and
 * fails all others that work on it: somebody who gives up a download must not fail an upload.
 */
final class Interrupts {
    private static final int MAX_TRIES = 20;

    private Interrupts() {
    }

    /** Work that opens its channel itself and may be done again from the start. */
    @FunctionalInterface
    interface Work<R> {
        R run() throws IOException;
    }

    static <R> R defer(Work<R> work) throws IOException {
        boolean interrupted = false;
        try {
            for (int attempt = 1;; attempt++) {
                try {
                    return work.run();
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    if (attempt == MAX_TRIES) {
                        throw e;
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
