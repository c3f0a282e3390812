package org.tidebox.storage.tests;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tidebox.auth.AttemptStore;
import org.tidebox.auth.Attempts;
import org.tidebox.storage.Accounts;
import org.tidebox.storage.ChunkIndex;
import org.tidebox.storage.ChunkUpkeep;
import org.tidebox.storage.Devices;
import org.tidebox.storage.Invitations;
import org.tidebox.storage.Journal;
import org.tidebox.storage.JournalUpkeep;
import org.tidebox.storage.MetadataStore;
import org.tidebox.storage.Settings;

/** Metadata in memory; the plainest thing that keeps the contract. Nobody can look after it: it never frees anything. */
public final class MemoryMetadataStore implements MetadataStore {
    private final MemoryAccounts accounts;
    private final Devices devices = new MemoryDevices();
    private final Invitations invitations = new MemoryInvitations();
    private final AttemptStore attempts = new MemoryAttempts();
    private final MemoryJournal journal;
    private final MemoryChunkIndex chunks;
    private final Settings settings = new MemorySettings();

    /** Makes an empty one. */
    public MemoryMetadataStore() {
        accounts = new MemoryAccounts();
        chunks = new MemoryChunkIndex(accounts);
        journal = new MemoryJournal(chunks);
    }

    private MemoryMetadataStore(MemoryMetadataStore other) {
        accounts = other.accounts;
        chunks = other.chunks.copy();
        journal = other.journal.copy(chunks);
    }

    /** Returns a backup of libraries and chunks, as they are now; people and devices stay shared. */
    public MemoryMetadataStore copy() {
        return new MemoryMetadataStore(this);
    }

    @Override
    public Accounts accounts() {
        return accounts;
    }

    @Override
    public Devices devices() {
        return devices;
    }

    @Override
    public Invitations invitations() {
        return invitations;
    }

    @Override
    public AttemptStore attempts() {
        return attempts;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public ChunkIndex chunks() {
        return chunks;
    }

    @Override
    public ChunkUpkeep chunkUpkeep() {
        throw new UnsupportedOperationException("metadata in memory need no looking after");
    }

    @Override
    public JournalUpkeep journalUpkeep() {
        throw new UnsupportedOperationException("metadata in memory need no looking after");
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public void close() {
        // What was stored stays, so that a test can go on with it.
    }

    private static final class MemoryAttempts implements AttemptStore {
        private final Map<String, Attempts> attempts = new ConcurrentHashMap<>();

        @Override
        public Attempts get(String key) {
            return attempts.getOrDefault(key, Attempts.NONE);
        }

        @Override
        public void put(String key, Attempts value) {
            attempts.put(key, value);
        }

        @Override
        public void clear(String key) {
            attempts.remove(key);
        }
    }

    private static final class MemorySettings implements Settings {
        private final Map<String, String> settings = new ConcurrentHashMap<>();

        @Override
        public Optional<String> get(String key) {
            return Optional.ofNullable(settings.get(key));
        }

        @Override
        public void put(String key, String value) {
            settings.put(key, value);
        }
    }
}
