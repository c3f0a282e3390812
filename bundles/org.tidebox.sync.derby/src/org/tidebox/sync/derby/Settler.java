package org.tidebox.sync.derby;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.sync.device.TreeStoreException;

/** Settles trees beside everything else, a little at a time, once nobody has written for a while. Thread-safe. */
final class Settler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
    /** So many nodes keep others waiting for a few hundredths of a second. */
    private static final int AT_ONCE = 200;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final long rest;
    private final Set<DerbyTreeStore> unsettled = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor worker;
    private volatile long written;

    /**
     * Prepares.
     *
     * @param rest how long nobody must have written
     */
    Settler(Duration rest) {
        this.rest = rest.toNanos();
        this.worker = new ScheduledThreadPoolExecutor(1,
                task -> Thread.ofPlatform().daemon().name("tidebox-settle").unstarted(task));
        worker.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
        worker.allowCoreThreadTimeOut(true);
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Something was written into a tree that is to be settled later. */
    void postponed(DerbyTreeStore tree) {
        written = System.nanoTime();
        if (unsettled.add(tree)) {
            later(tree, rest);
        }
    }

    /** Leaves what is not settled to the next start. */
    @Override
    public void close() {
        worker.shutdown();
    }

    private void later(DerbyTreeStore tree, long nanos) {
        if (!worker.isShutdown()) {
            worker.schedule(() -> settle(tree), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void settle(DerbyTreeStore tree) {
        long left = rest - (System.nanoTime() - written);
        if (left > 0) {
            later(tree, left);
            return;
        }
        try {
            unsettled.remove(tree);
            if (tree.settle(AT_ONCE) && unsettled.add(tree)) {
                later(tree, 0);
            }
        } catch (TreeStoreException e) {
            // Nothing is lost: whoever writes next meets the same and tells the user, or the database was just closed.
            LOG.debug("Cannot settle the trees of a folder: {}", e.getMessage());
        }
    }
}
