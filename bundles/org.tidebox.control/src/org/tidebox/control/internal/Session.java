package org.tidebox.control.internal;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/** One caller's connection: reads requests and has them answered, several at a time. */
public final class Session implements AutoCloseable {
    private static final int MAX_CALLS = 32;
    private final LineChannel lines;
    private final Calls calls;
    private final Semaphore room = new Semaphore(MAX_CALLS);

    /** Takes over a channel. */
    public Session(LineChannel lines, Calls calls) {
        this.lines = lines;
        this.calls = calls;
    }

    /** Serves until the caller or {@link #close()} ends the connection. */
    public void run() {
        try {
            while (true) {
                try {
                    byte[] line = lines.readLine();
                    if (line == null) {
                        return;
                    }
                    room.acquireUninterruptibly();
                    Thread.ofVirtual().name("tidebox-control-call").start(() -> answer(line));
                } catch (LineChannel.LineTooLongException e) {
                    lines.writeLine(Calls.error(null, "BadRequest", e.getMessage()));
                }
            }
        } catch (IOException e) {
            // The caller has gone without a word, as callers do when they are killed: nothing is lost.
            return;
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            // A socket that cannot be closed is of no use to anybody either.
            return;
        }
    }

    private void answer(byte[] line) {
        try {
            lines.writeLine(calls.answer(line));
        } catch (IOException e) {
            // The caller did not wait for the answer.
            close();
        } finally {
            room.release();
        }
    }
}
