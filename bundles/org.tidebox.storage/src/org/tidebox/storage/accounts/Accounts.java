package org.tidebox.storage.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.storage.AlreadyExistsException;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.Node;

/** The people of a server. */
@ProviderType
public interface Accounts {
    /**
     * Adds a person.
     *
     * @param name spelled as {@link org.tidebox.tree.PlainName} has it: databases differ in which others are the same
     * @throws AlreadyExistsException if the name is in use
     */
    Account add(String name, Instant created) throws StorageException;

    /** Finds a person by name, spelled exactly so. */
    Optional<Account> find(String name) throws StorageException;

    /** Finds a person by id. */
    Optional<Account> find(long id) throws StorageException;

    /** Lists all by name. */
    List<Account> list() throws StorageException;

    /** Returns the stored verifier of the person's password. */
    Optional<String> verifier(String name) throws StorageException;

    /** Replaces the verifier; the account must exist. */
    void setVerifier(String name, String verifier) throws StorageException;

    /** Locks a person out or in again. */
    void setDisabled(long id, boolean disabled) throws StorageException;

    /**
     * Returns how many bytes the histories of the account's libraries take: the {@linkplain Node#weight() weights} of all
     * versions that are kept, and the answers to commits. Waits for commits that are under way.
     */
    long metadata(long id) throws StorageException;

    /** Limits the room of an account in bytes; 0 for no limit. */
    void setQuota(long id, long bytes) throws StorageException;
}
