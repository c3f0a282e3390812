package org.tidebox.server.login;

import java.util.Optional;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.AuthException.Reason;
import org.tidebox.auth.VerifierStore;
import org.tidebox.feature.Lease;
import org.tidebox.feature.NoProviderException;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.storage.StorageException;

/** The verifiers of passwords, in the metadata. Thread-safe. */
public class StoredVerifiers implements VerifierStore {
    private final ServerData data;

    /** Keeps them in the given data. */
    public StoredVerifiers(ServerData data) {
        this.data = data;
    }

    @Override
    public Optional<String> find(String account) throws AuthException {
        try (Lease<Stores> stores = data.acquire()) {
            return stores.get().metadata().accounts().verifier(account);
        } catch (StorageException | NoProviderException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void store(String account, String verifier) throws AuthException {
        try (Lease<Stores> stores = data.acquire()) {
            stores.get().metadata().accounts().setVerifier(account, verifier);
        } catch (StorageException | NoProviderException e) {
            throw unavailable(e);
        }
    }

    static AuthException unavailable(Exception cause) {
        return new AuthException(Reason.UNAVAILABLE, "The server cannot reach its database now; try again later",
                cause);
    }
}
