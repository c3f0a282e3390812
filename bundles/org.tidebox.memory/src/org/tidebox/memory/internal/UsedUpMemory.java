package org.tidebox.memory.internal;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process whose memory is used up, if Java was told to end it when memory cannot be had ({@code
 * -XX:+ExitOnOutOfMemoryError}, as a server is): whoever watches over it starts it again. What was acknowledged is
 * durable.
 */
@Component(service = {}, immediate = true)
public final class UsedUpMemory {
    /** As Java's own. */
    private static final int EXIT = 3;
    private static final Logger LOG = LoggerFactory.getLogger(UsedUpMemory.class);

    private final ScheduledExecutorService looks = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("used-up-memory").factory());
    private final Exhaustion exhaustion = new Exhaustion();

    /** Begins to look, where that was asked for. */
    @Activate
    public UsedUpMemory() {
        if (isAskedFor()) {
            looks.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        }
    }

    @Deactivate
    void close() {
        looks.shutdownNow();
    }

    private void look() {
        long collecting = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
        if (exhaustion.isReached(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), collecting)) {
            LOG.error("The memory is used up: for {} s nearly all time has gone into collecting garbage. This process"
                    + " ends, so that it can be started again", Exhaustion.PATIENCE / 1_000);
            Runtime.getRuntime().halt(EXIT);
        }
    }

    private static boolean isAskedFor() {
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return machine != null && Boolean.parseBoolean(machine.getVMOption("ExitOnOutOfMemoryError").getValue());
    }
}
