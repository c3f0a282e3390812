package org.tidebox.storage.tests.memory;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.tidebox.storage.AlreadyExistsException;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.accounts.Accounts;

/** People in memory. */
final class MemoryAccounts implements Accounts {
    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<String, String> verifiers = new HashMap<>();

    @Override
    public synchronized Account add(String name, Instant created) throws StorageException {
        if (accounts.containsKey(name)) {
            throw new AlreadyExistsException("an account", name);
        }
        Account account = new Account(accounts.size() + 1L, name, false, 0, 0, created);
        accounts.put(name, account);
        return account;
    }

    @Override
    public synchronized Optional<Account> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    @Override
    public synchronized Optional<Account> find(long id) {
        return accounts.values().stream().filter(account -> account.id() == id).findFirst();
    }

    @Override
    public synchronized List<Account> list() {
        return List.copyOf(accounts.values());
    }

    /** Counts no histories. */
    @Override
    public long metadata(long id) {
        return 0;
    }

    @Override
    public synchronized Optional<String> verifier(String name) {
        return Optional.ofNullable(verifiers.get(name));
    }

    @Override
    public synchronized void setVerifier(String name, String verifier) throws StorageException {
        if (!accounts.containsKey(name)) {
            throw new StorageException("There is no account '" + name + "'", true, null);
        }
        verifiers.put(name, verifier);
    }

    @Override
    public void setDisabled(long id, boolean disabled) throws StorageException {
        change(id, a -> new Account(a.id(), a.name(), disabled, a.quota(), a.used(), a.created()));
    }

    @Override
    public void setQuota(long id, long bytes) throws StorageException {
        change(id, a -> new Account(a.id(), a.name(), a.disabled(), bytes, a.used(), a.created()));
    }

    void use(long id, long bytes) throws StorageException {
        change(id, a -> new Account(a.id(), a.name(), a.disabled(), a.quota(), a.used() + bytes, a.created()));
    }

    private synchronized void change(long id, UnaryOperator<Account> change) throws StorageException {
        Account account = find(id).orElseThrow(() -> new StorageException("There is no account " + id, true, null));
        accounts.put(account.name(), change.apply(account));
    }
}
