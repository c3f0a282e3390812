package org.tidebox.sync.device;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All that a device remembers: its sync folders with their trees, and settings. Thread-safe; every write is one durable
 * transaction.
 */
@ProviderType
public interface ClientDatabase extends AutoCloseable {
    /**
     * Returns the trees of a folder; empty ones for a folder that has none yet. The store lives as long as the
     * database.
     */
    TreeStore trees(FolderId folder);

    /** Returns the sync folders in the order in which they were added. */
    List<FolderDefinition> folders() throws TreeStoreException;

    /** Adds a sync folder, or replaces the one with the same id. */
    void putFolder(FolderDefinition folder) throws TreeStoreException;

    /** Forgets a sync folder and its trees; files stay. */
    void removeFolder(FolderId folder) throws TreeStoreException;

    /** Returns all settings by name. */
    Map<String, String> settings() throws TreeStoreException;

    /** Returns a setting of the device, such as the server's address or the device token. */
    Optional<String> setting(String key) throws TreeStoreException;

    /** Remembers a setting; {@code null} forgets it. */
    void putSetting(String key, String value) throws TreeStoreException;

    /**
     * Adds to the log of what was done.
     *
     * @param entries by number, all higher than those that are there
     * @param keep so many entries stay in the log, the newest ones
     */
    void addActivity(List<ActivityEntry> entries, int keep) throws TreeStoreException;

    /**
     * Returns entries of the log of what was done, newest first.
     *
     * @param before only those with a lower number; 0 for all
     * @param most so many at most
     */
    List<ActivityEntry> activity(long before, int most) throws TreeStoreException;

    /** Ends the use of the database. */
    @Override
    void close();
}
