package org.tidebox.auth;

/** Keeps wrong attempts by key; the server implements it over its database, so that a restart forgives nobody. */
public interface AttemptStore {
    /**
     * Returns what was put last.
     *
     * @return {@code null} or {@link Attempts#NONE} if there is nothing
     * @throws AuthException if the store cannot be read now
     */
    Attempts get(String key) throws AuthException;

    /**
     * Keeps this in place of what was put before.
     *
     * @throws AuthException if the store cannot be written now
     */
    void put(String key, Attempts attempts) throws AuthException;

    /**
     * Forgets the key.
     *
     * @throws AuthException if the store cannot be written now
     */
    void clear(String key) throws AuthException;
}
