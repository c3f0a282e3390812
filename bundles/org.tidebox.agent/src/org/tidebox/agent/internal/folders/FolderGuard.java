package org.tidebox.agent.internal.folders;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every few seconds whether the folders' work gets on, so that none ends or stops without a word. */
public final class FolderGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderGuard.class);
    private static final int SECONDS = 5;

    private final SyncFolders folders;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("folder-guard").factory());

    public FolderGuard(SyncFolders folders) {
        this.folders = folders;
    }

    /** Begins to look. */
    public void start() {
        looks.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    private void look() {
        try {
            folders.all().forEach(OpenFolder::guard);
        } catch (RuntimeException | Error e) {
            // Whoever ends here looks no more.
            LOG.error("Looking after the folders failed; it is done again in {} s", SECONDS, e);
        }
    }
}
