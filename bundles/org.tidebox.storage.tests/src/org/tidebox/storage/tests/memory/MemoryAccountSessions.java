package org.tidebox.storage.tests.memory;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tidebox.storage.accounts.AccountSession;
import org.tidebox.storage.accounts.AccountSessions;

/** Sessions in memory. */
final class MemoryAccountSessions implements AccountSessions {
    private final Map<String, AccountSession> sessions = new HashMap<>();

    @Override
    public synchronized AccountSession add(long account, String tokenHash, Instant created, Instant expires) {
        sessions.values().removeIf(session -> !session.expires().isAfter(created));
        AccountSession added = new AccountSession(account, created, expires);
        sessions.put(tokenHash, added);
        return added;
    }

    @Override
    public synchronized Optional<AccountSession> find(String tokenHash) {
        return Optional.ofNullable(sessions.get(tokenHash));
    }

    @Override
    public synchronized void renew(String tokenHash, Instant lastSeen, Instant expires) {
        sessions.computeIfPresent(tokenHash, (hash, old) -> new AccountSession(old.account(), lastSeen, expires));
    }

    @Override
    public synchronized void remove(String tokenHash) {
        sessions.remove(tokenHash);
    }

    @Override
    public synchronized int removeAll(long account) {
        int before = sessions.size();
        sessions.values().removeIf(session -> session.account() == account);
        return before - sessions.size();
    }
}
