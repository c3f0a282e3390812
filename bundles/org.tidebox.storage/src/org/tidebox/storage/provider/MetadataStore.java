package org.tidebox.storage.provider;

import org.osgi.annotation.versioning.ProviderType;
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

/**
 * Accounts, devices, libraries with their journals, and the chunk index, kept in a database. Thread-safe; each call
 * is one transaction.
 */
@ProviderType
public interface MetadataStore extends AutoCloseable {
    /** Returns the people. */
    Accounts accounts();

    /** Returns the installations. */
    Devices devices();

    /** Returns the open join codes. */
    Invitations invitations();

    /** Returns the sessions of people who use no device. */
    AccountSessions sessions();

    /** Returns the failed logins. */
    AttemptStore attempts();

    /** Returns the libraries and their journals. */
    Journal journal();

    /** Returns which chunks lie where. */
    ChunkIndex chunks();

    /** Returns the chunk index for those who look after it. */
    ChunkUpkeep chunkUpkeep();

    /** Returns what is known of damage. */
    DamageRecord damage();

    /** Returns the journals for those who look after them. */
    JournalUpkeep journalUpkeep();

    /** Returns small facts that must survive a restart, by name. */
    Settings settings();

    /** Returns how many bytes its files may grow by, {@link Long#MAX_VALUE} if that is not known. */
    default long room() {
        return Long.MAX_VALUE;
    }

    @Override
    void close();
}
