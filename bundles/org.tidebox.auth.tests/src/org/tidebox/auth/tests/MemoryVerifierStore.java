package org.tidebox.auth.tests;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.VerifierStore;

/** Verifiers in memory, with a switch to let the store fail. */
final class MemoryVerifierStore implements VerifierStore {
    final Map<String, String> verifiers = new ConcurrentHashMap<>();
    volatile boolean readable = true;
    volatile boolean writable = true;

    @Override
    public Optional<String> find(String account) throws AuthException {
        if (!readable) {
            throw new AuthException(AuthException.Reason.UNAVAILABLE, "The accounts cannot be read now");
        }
        return Optional.ofNullable(verifiers.get(account));
    }

    @Override
    public void store(String account, String verifier) throws AuthException {
        if (!writable) {
            throw new AuthException(AuthException.Reason.UNAVAILABLE, "The accounts cannot be written now");
        }
        verifiers.put(account, verifier);
    }
}
