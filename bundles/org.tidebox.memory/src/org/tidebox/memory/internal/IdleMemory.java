package org.tidebox.memory.internal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Collects garbage some seconds after a process has come to rest. The collector itself only runs when memory is asked
 * for, so without this the heap of a process that has done much and now waits would stay as large as it ever was.
 */
@Component(service = {}, immediate = true)
public final class IdleMemory {
    private static final int SECONDS = 5;

    private final ScheduledExecutorService looks = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("idle-memory").factory());
    private final Rest rest = new Rest();

    /** Begins to look. */
    @Activate
    public IdleMemory() {
        looks.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void close() {
        looks.shutdownNow();
    }

    private void look() {
        Runtime runtime = Runtime.getRuntime();
        long total = runtime.totalMemory();
        if (rest.isTime(total, total - runtime.freeMemory())) {
            TightCollection.run();
            rest.collected(runtime.totalMemory());
        }
    }
}
