package org.tidebox.sim.tests;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tidebox.feature.Lease;
import org.tidebox.feature.SwapPoint;
import org.tidebox.files.tests.disk.Crash;
import org.tidebox.files.tests.disk.Observer;
import org.tidebox.files.tests.disk.SimDisk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.chunks.ChunkIndex;
import org.tidebox.storage.file.FilePackStore;
import org.tidebox.storage.journal.Journal;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.provider.MetadataStoreProvider;
import org.tidebox.storage.provider.PackStoreProvider;
import org.tidebox.storage.provider.StorageLocation;
import org.tidebox.storage.provider.StorageRegistry;
import org.tidebox.storage.tests.memory.MemoryMetadataStore;
import org.tidebox.tree.ChunkId;

/**
 * What the server stores: real packs on a disk that loses at a crash what was not forced, and metadata in memory of
 * which a crash leaves what was committed. Crashes at a point that is set beforehand.
 */
final class SimStorage implements StorageRegistry, AutoCloseable {
    private final InstantSource clock;
    private SimDisk disk;
    private MemoryMetadataStore metadata = new MemoryMetadataStore();
    private int pointsToCrash;
    private boolean crashed;

    /** All that was stored at a moment. */
    record Backup(MemoryMetadataStore metadata, Map<String, byte[]> packs) {
    }

    SimStorage(InstantSource clock) throws IOException {
        this.clock = clock;
        this.disk = new SimDisk(clock, new Points(), true, SimDisk.TICK);
    }

    MemoryMetadataStore metadata() {
        return metadata;
    }

    /** Sets after how many more points it crashes; 0 for never. */
    void crashIn(int points) {
        pointsToCrash = points;
    }

    boolean hasCrashed() {
        return crashed;
    }

    /** Crashes now. */
    void crash() {
        crashed = true;
        pointsToCrash = 0;
        disk.fail();
    }

    /** Starts again after a crash. */
    void restart(Random random) throws IOException {
        disk.restart(random);
        crashed = false;
    }

    Backup backUp() throws IOException {
        Map<String, byte[]> packs = new TreeMap<>();
        disk.asUser(() -> {
            try (Stream<Path> files = Files.walk(packs())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    packs.put(file.toString(), Files.readAllBytes(file));
                }
            }
            return null;
        });
        return new Backup(metadata.copy(), packs);
    }

    /** Puts a backup on a new disk. */
    void restore(Backup backup) throws IOException, StorageException {
        pointsToCrash = 0;
        disk.close();
        disk = new SimDisk(clock, new Points(), true, SimDisk.TICK);
        metadata = backup.metadata.copy();
        for (Account account : metadata.accounts().list()) {
            // Copies share their accounts.
            metadata.chunkUpkeep().recount(account.id());
        }
        disk.asUser(() -> {
            for (Map.Entry<String, byte[]> pack : backup.packs.entrySet()) {
                Path file = disk.files().getPath(pack.getKey());
                Files.createDirectories(file.getParent());
                Files.write(file, pack.getValue());
            }
            return null;
        });
    }

    /** Turns a bit of a chunk around. */
    void damage(long account, ChunkId chunk) throws IOException, StorageException {
        PackPlace place = metadata.chunks().find(account, List.of(chunk)).get(chunk).place();
        disk.asUser(() -> {
            Path pack = packs().resolve(account + "/" + place.pack() + ".pack");
            try (FileChannel channel = FileChannel.open(pack, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer last = ByteBuffer.allocate(1);
                long at = place.offset() + place.length() - 1;
                channel.read(last, at);
                last.put(0, (byte) ~last.get(0)).rewind();
                return channel.write(last, at);
            }
        });
    }

    private Path packs() throws IOException {
        return Files.createDirectories(disk.files().getPath("/packs"));
    }

    @Override
    public Lease<PackStoreProvider> acquirePacks() {
        return lease(new PackStoreProvider() {
            @Override
            public String name() {
                return "file";
            }

            @Override
            public PackStore open(StorageLocation location) throws StorageException {
                return FilePackStore.open(disk.files().getPath("/packs"), FileChannel::open);
            }
        });
    }

    @Override
    public Lease<MetadataStoreProvider> acquireMetadata() {
        return lease(new MetadataStoreProvider() {
            @Override
            public String name() {
                return "memory";
            }

            @Override
            public MetadataStore open(StorageLocation location) {
                return fragile(MetadataStore.class, metadata);
            }
        });
    }

    /** Returns a store that may crash before and after each call that writes. */
    private <T> T fragile(Class<T> type, T store) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (self, method, values) -> {
            boolean writes = store instanceof Journal && method.getName().equals("transact")
                    || store instanceof ChunkIndex && method.getName().equals("add");
            if (writes) {
                disk.point("metadata");
            }
            Object result;
            try {
                result = method.invoke(store, values);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (writes) {
                disk.point("committed");
            }
            return result instanceof Journal journal
                    ? fragile(Journal.class, journal)
                    : result instanceof ChunkIndex chunks ? fragile(ChunkIndex.class, chunks) : result;
        }));
    }

    private static <T> Lease<T> lease(T provider) {
        SwapPoint<T> point = new SwapPoint<>("storage");
        point.add("simulated", 0, provider);
        return point.acquire();
    }

    @Override
    public void onChange(Runnable listener) {
        // These providers never change.
    }

    @Override
    public void removeListener(Runnable listener) {
        // These providers never change.
    }

    @Override
    public void close() {
        disk.close();
    }

    private final class Points implements Observer {
        @Override
        public void before(String what) {
            if (pointsToCrash > 0 && --pointsToCrash == 0) {
                crash();
                throw new Crash("the server's " + what);
            }
        }

        @Override
        public boolean shows(String path) {
            return false;
        }

        @Override
        public void destroys(String path, byte[] content) {
            // Nobody but the server sees its files.
        }
    }
}
