package org.tidebox.storage.jdbc;

import org.tidebox.auth.AttemptStore;
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

/** Everything in one database. */
final class JdbcMetadataStore implements MetadataStore {
    private final Database database;

    JdbcMetadataStore(Database database) {
        this.database = database;
    }

    @Override
    public Accounts accounts() {
        return new JdbcAccounts(database);
    }

    @Override
    public Devices devices() {
        return new JdbcDevices(database);
    }

    @Override
    public Invitations invitations() {
        return new JdbcInvitations(database);
    }

    @Override
    public AccountSessions sessions() {
        return new JdbcAccountSessions(database);
    }

    @Override
    public AttemptStore attempts() {
        return new JdbcAttempts(database);
    }

    @Override
    public Journal journal() {
        return new JdbcJournal(database);
    }

    @Override
    public ChunkIndex chunks() {
        return new JdbcChunkIndex(database);
    }

    @Override
    public ChunkUpkeep chunkUpkeep() {
        return new JdbcChunkUpkeep(database);
    }

    @Override
    public DamageRecord damage() {
        return new JdbcDamageRecord(database);
    }

    @Override
    public JournalUpkeep journalUpkeep() {
        return new JdbcJournalUpkeep(database);
    }

    @Override
    public Settings settings() {
        return new JdbcSettings(database);
    }

    @Override
    public long room() {
        return database.room();
    }

    @Override
    public void close() {
        database.close();
    }
}
