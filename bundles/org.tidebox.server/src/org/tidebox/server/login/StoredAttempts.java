package org.tidebox.server.login;

import java.util.List;
import java.util.function.UnaryOperator;
import org.tidebox.auth.AttemptStore;
import org.tidebox.auth.Attempts;
import org.tidebox.auth.AuthException;
import org.tidebox.feature.Lease;
import org.tidebox.feature.NoProviderException;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;

/** The attempts to log in, in whichever metadata store is open. Thread-safe. */
final class StoredAttempts implements AttemptStore {
    private final ServerData data;

    StoredAttempts(ServerData data) {
        this.data = data;
    }

    @Override
    public List<Attempts> change(List<String> keys, UnaryOperator<List<Attempts>> change) throws AuthException {
        try (Lease<Stores> stores = data.acquire()) {
            return stores.get().metadata().attempts().change(keys, change);
        } catch (NoProviderException e) {
            throw StoredVerifiers.unavailable(e);
        }
    }
}
