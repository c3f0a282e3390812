package org.tidebox.storage.tests.memory;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tidebox.auth.AttemptStore;
import org.tidebox.auth.Attempts;
import org.tidebox.storage.accounts.AccountSessions;
import org.tidebox.storage.accounts.Accounts;
import org.tidebox.storage.accounts.Devices;
import org.tidebox.storage.accounts.Invitations;
import org.tidebox.storage.chunks.ChunkIndex;
import org.tidebox.storage.chunks.ChunkUpkeep;
import org.tidebox.storage.chunks.DamageRecord;
import org.tidebox.storage.journal.Journal;
import org.tidebox.storage.journal.JournalUpkeep;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.provider.Settings;

/** Metadata in memory; the plainest thing that keeps the contract. */
public final class MemoryMetadataStore implements MetadataStore {
    private final MemoryAccounts accounts;
    private final Devices devices = new MemoryDevices();
    private final Invitations invitations = new MemoryInvitations();
    private final AccountSessions sessions = new MemoryAccountSessions();
    private final AttemptStore attempts = new MemoryAttempts();
    private final MemoryJournal journal;
    private final MemoryChunks chunks;
    private final DamageRecord damage;
    private final JournalUpkeep journalUpkeep;
    private final Settings settings = new MemorySettings();

    /** Makes an empty one. */
    public MemoryMetadataStore() {
        accounts = new MemoryAccounts();
        chunks = new MemoryChunks(accounts);
        journal = new MemoryJournal(new MemoryChunkIndex(chunks));
        damage = new MemoryDamageRecord(chunks, journal);
        journalUpkeep = new MemoryJournalUpkeep(journal);
    }

    private MemoryMetadataStore(MemoryMetadataStore other) {
        accounts = other.accounts;
        chunks = other.chunks.copy();
        journal = other.journal.copy(new MemoryChunkIndex(chunks));
        damage = new MemoryDamageRecord(chunks, journal);
        journalUpkeep = new MemoryJournalUpkeep(journal);
    }

    /**
     * Returns a backup of libraries and chunks, as they are now; people and devices stay shared, retention is the
     * default.
     */
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
    public AccountSessions sessions() {
        return sessions;
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
        return new MemoryChunkIndex(chunks);
    }

    @Override
    public ChunkUpkeep chunkUpkeep() {
        return new MemoryChunkUpkeep(chunks, journal);
    }

    @Override
    public DamageRecord damage() {
        return damage;
    }

    @Override
    public JournalUpkeep journalUpkeep() {
        return journalUpkeep;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public void close() {
        // What was stored stays, so that a test can go on with it.
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
