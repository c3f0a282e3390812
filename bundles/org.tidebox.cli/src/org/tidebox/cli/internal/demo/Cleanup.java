package org.tidebox.cli.internal.demo;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tidebox.cli.internal.text.Printer;

/** Ends the demo's processes and removes its folder, once, whoever comes first: the end of the story or the end of the process. */
final class Cleanup {
    private final Printer err;
    private final DemoProcesses processes;
    private final DemoFolder folder;
    private final boolean keep;
    private final AtomicBoolean done = new AtomicBoolean();

    Cleanup(Printer err, DemoProcesses processes, DemoFolder folder, boolean keep) {
        this.err = err;
        this.processes = processes;
        this.folder = folder;
        this.keep = keep;
    }

    /** Cleans up; returns whether this call did it. */
    boolean run() {
        if (!done.compareAndSet(false, true)) {
            return false;
        }
        processes.close();
        try {
            if (!keep) {
                folder.remove();
            }
        } catch (IOException e) {
            err.line(
                    "tidebox: " + folder.root() + " could not be removed: " + e.getMessage() + "; remove it by hand");
        }
        return true;
    }

    /** Returns whether it has begun. */
    boolean isDone() {
        return done.get();
    }
}
