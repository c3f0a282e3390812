package org.tidebox.server.data;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.feature.Lease;
import org.tidebox.feature.NoProviderException;
import org.tidebox.feature.SwapPoint;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.provider.MetadataStoreProvider;
import org.tidebox.storage.provider.PackStoreProvider;
import org.tidebox.storage.provider.StorageLocation;
import org.tidebox.storage.provider.StorageRegistry;

/**
 * The stores of one data folder, opened in the background and opened anew when their providers change. Whoever needs
 * them leases them for one short piece of work; an exchange waits until all leases are back, and new ones wait until it
 * is done. Thread-safe.
 */
public class ServerData implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerData.class);

    /** So long a provider that goes may wait for one that follows at once. */
    private static final Duration SUCCESSION = Duration.ofMillis(200);

    private final ServerLocation location;
    private final StorageRegistry registry;
    private final ServerFeatures features;
    private final ServerProcess process;
    private final SwapPoint<Stores> stores = new SwapPoint<>("data folder");
    private final Runnable reopen = this::reopenLater;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("tidebox-data").unstarted(task));
    private final CompletableFuture<Void> taking = new CompletableFuture<>();
    private final CompletableFuture<Void> firstOpening = new CompletableFuture<>();
    private final AppendGate appends = new AppendGate();
    private final DiskReserve reserve = new DiskReserve();
    private volatile boolean closing;
    private volatile boolean lastOpening;
    private DataFolder folder;
    private Opened opened;

    /** Begins to open the data folder; if that fails, the process fails. */
    public ServerData(ServerLocation location, StorageRegistry registry, ServerFeatures features,
            ServerProcess process) {
        this.location = location;
        this.registry = registry;
        this.features = features;
        this.process = process;
        worker.execute(this::openFirst);
    }

    /** Returns where the data are and what the operator configured. */
    public ServerLocation location() {
        return location;
    }

    /** Returns the data folder. */
    public Path folder() {
        return location.data();
    }

    /** Waits until the folder is this process's own; if that fails, says why. */
    public void awaitFolder() throws ServerStartException {
        await(taking);
    }

    /** Waits until the data are open for the first time; if that fails, says why. */
    public void awaitOpen() throws ServerStartException {
        await(firstOpening);
    }

    private void await(CompletableFuture<Void> step) throws ServerStartException {
        try {
            step.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServerStartException reason) {
                throw reason;
            }
            throw new IllegalStateException("Opening " + folder() + " failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerStartException(ServerStartException.FAILED, "Stopped while opening " + folder());
        }
    }

    /**
     * Returns the open stores for one short piece of work.
     *
     * @throws NoProviderException if they are not open within ten seconds
     */
    public Lease<Stores> acquire() {
        return stores.acquire();
    }

    /** Returns the gate that whoever stores chunks passes. */
    public AppendGate appends() {
        return appends;
    }

    /** Returns what whoever stores chunks leaves free on the disk. */
    public DiskReserve reserve() {
        return reserve;
    }

    /** Makes the present opening the last: when the whole process ends, providers go and none follow. */
    public void openNoMore() {
        lastOpening = true;
    }

    /** Closes the stores after their present users are done, and lets go of the folder. */
    @Override
    public void close() {
        closing = true;
        features.close();
        registry.removeListener(reopen);
        worker.execute(this::closeAll);
        worker.shutdown();
        // Ends a wait for a provider that will not come any more; closing itself does not wait on anything
        // interruptible first.
        worker.close();
    }

    private void openFirst() {
        try {
            folder = DataFolder.open(location.data());
            taking.complete(null);
            features.settle();
            registry.onChange(reopen);
            open();
            firstOpening.complete(null);
        } catch (ServerStartException e) {
            fail(e);
        } catch (StorageException | NoProviderException e) {
            fail(new ServerStartException(ServerStartException.FAILED, e.getMessage()));
        } catch (RuntimeException | Error e) {
            LOG.error("Opening {} failed", location.data(), e);
            fail(new ServerStartException(ServerStartException.FAILED,
                    "The data folder " + location.data() + " cannot be opened: " + e.getMessage()));
        }
    }

    private void fail(ServerStartException reason) {
        taking.completeExceptionally(reason);
        firstOpening.completeExceptionally(reason);
        if (!closing) {
            if (location.isTransient() && reason.isTaken()) {
                // The command that has started this process uses the other one instead.
                process.ready("taken");
            }
            process.failed(reason);
        }
    }

    private void reopenLater() {
        if (!closing) {
            worker.execute(this::exchange);
        }
    }

    private void exchange() {
        if (closing || opened != null && isInUse(opened)) {
            return;
        }
        closeStores();
        if (lastOpening) {
            return;
        }
        try {
            open();
            LOG.info("Reopened {} with {}", location.data(), opened);
        } catch (StorageException | NoProviderException e) {
            LOG.error("The data folder stays closed until a storage provider changes: {}", e.getMessage());
        }
    }

    /**
     * Returns whether the stores are those of the providers that are in use now. Providers that come while a product
     * starts must not
     * close what has just been opened. A provider that is about to go may have no successor; waiting for one here would
     * hold it up.
     */
    private boolean isInUse(Opened stores) {
        FutureTask<Boolean> comparison = new FutureTask<>(() -> {
            try (Lease<MetadataStoreProvider> metadata = registry.acquireMetadata();
                    Lease<PackStoreProvider> packs = registry.acquirePacks()) {
                return metadata.get() == stores.metadata.get() && packs.get() == stores.packs.get();
            }
        });
        Thread.ofVirtual().start(comparison);
        try {
            return comparison.get(SUCCESSION.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            comparison.cancel(true);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void open() throws StorageException {
        StorageLocation at = new StorageLocation(location.data(), location.options());
        // Where both providers are exchanged at once: waiting for the one while holding the other would hold that up.
        registry.acquirePacks().close();
        Lease<MetadataStoreProvider> metadata = registry.acquireMetadata();
        try {
            MetadataStore metadataStore = metadata.get().open(at);
            try {
                openPacks(at, metadata, metadataStore);
            } catch (StorageException | RuntimeException e) {
                metadataStore.close();
                throw e;
            }
        } catch (StorageException | RuntimeException e) {
            metadata.close();
            throw e;
        }
    }

    private void openPacks(StorageLocation at, Lease<MetadataStoreProvider> metadata, MetadataStore metadataStore)
            throws StorageException {
        Lease<PackStoreProvider> packs = registry.acquirePacks();
        try {
            PackStore packStore = packs.get().open(at);
            try {
                refuseLostMetadata(metadataStore, packStore);
            } catch (StorageException | RuntimeException e) {
                packStore.close();
                throw e;
            }
            opened = new Opened(new Stores(metadataStore, packStore), metadata, packs);
            stores.add(opened.toString(), 0, opened.stores);
        } catch (StorageException | RuntimeException e) {
            packs.close();
            throw e;
        }
    }

    /** Without this, contents whose database is lost would look like garbage. */
    private void refuseLostMetadata(MetadataStore metadata, PackStore packs) throws StorageException {
        if (metadata.accounts().list().isEmpty() && !packs.spaces().isEmpty()) {
            throw new StorageException("The packs of " + location.data() + " hold content, but the metadata database is"
                    + " empty: it was lost, or is another one. Put back a backup of it; to begin anew without that"
                    + " content, move the packs elsewhere", true, null);
        }
    }

    private void closeStores() {
        if (opened != null) {
            stores.remove(opened.stores);
            opened.close();
            opened = null;
        }
    }

    private void closeAll() {
        closeStores();
        if (folder != null) {
            folder.close();
        }
    }

    private record Opened(Stores stores, Lease<MetadataStoreProvider> metadata, Lease<PackStoreProvider> packs)
            implements
                AutoCloseable {
        @Override
        public void close() {
            stores.packs().close();
            stores.metadata().close();
            packs.close();
            metadata.close();
        }

        @Override
        public String toString() {
            return metadata.provider() + " and " + packs.provider();
        }
    }
}
