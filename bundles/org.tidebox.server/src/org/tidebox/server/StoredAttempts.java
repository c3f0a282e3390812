package org.tidebox.server;

import org.tidebox.auth.Attempts;
import org.tidebox.auth.AttemptStore;
import org.tidebox.auth.AuthException;
import org.tidebox.feature.Lease;
import org.tidebox.feature.NoProviderException;

/** Wrong attempts, in whichever metadata store is open. Thread-safe. */
final class StoredAttempts implements AttemptStore {
    private final ServerData data;

    StoredAttempts(ServerData data) {
        this.data = data;
    }

    @Override
    public Attempts get(String key) throws AuthException {
        try (Lease<Stores> stores = data.acquire()) {
            return stores.get().metadata().attempts().get(key);
        } catch (NoProviderException e) {
            throw StoredVerifiers.unavailable(e);
        }
    }

    @Override
    public void put(String key, Attempts attempts) throws AuthException {
        try (Lease<Stores> stores = data.acquire()) {
            stores.get().metadata().attempts().put(key, attempts);
        } catch (NoProviderException e) {
            throw StoredVerifiers.unavailable(e);
        }
    }

    @Override
    public void clear(String key) throws AuthException {
        try (Lease<Stores> stores = data.acquire()) {
            stores.get().metadata().attempts().clear(key);
        } catch (NoProviderException e) {
            throw StoredVerifiers.unavailable(e);
        }
    }
}
