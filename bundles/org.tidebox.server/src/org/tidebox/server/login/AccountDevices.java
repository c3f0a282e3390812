package org.tidebox.server.login;

import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.server.events.EventHub;
import org.tidebox.server.session.Session;
import org.tidebox.server.session.Sessions;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.accounts.Device;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * The devices of accounts, and how they are cut off: what they are doing ends at the next commit or chunk, and their
 * event streams at once. Thread-safe.
 */
public final class AccountDevices {
    private static final Logger AUDIT = LoggerFactory.getLogger("org.tidebox.audit");

    private final ServerData data;
    private final Sessions sessions;
    private final EventHub events;
    private final InstantSource clock;

    /** Looks after the devices in the given data. */
    public AccountDevices(ServerData data, Sessions sessions, EventHub events, InstantSource clock) {
        this.data = data;
        this.sessions = sessions;
        this.events = events;
        this.clock = clock;
    }

    /** Lists the devices whose tokens were not withdrawn, by name. */
    public List<Device> list(Account account) throws StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            return stores.get().metadata().devices().list(account.id()).stream()
                    .filter(device -> device.removed() == null).toList();
        }
    }

    /** Returns whether a device listens to the news now. */
    public boolean isConnected(Device device) {
        return events.isListening(device.id());
    }

    /**
     * Finds a device by its name, or by its number where no name is the same.
     *
     * @throws ProblemException if there is none, or several have the name
     */
    public Device find(Account account, String which) throws ProblemException, StorageException {
        List<Device> all = list(account);
        List<Device> named = all.stream().filter(device -> device.name().equals(which.strip())).toList();
        if (named.size() > 1) {
            throw new ProblemException(ProblemType.BAD_REQUEST, named.size() + " devices of '" + account.name()
                    + "' are called '" + which.strip() + "'; give the number of one of them: "
                    + String.join(", ", named.stream().map(device -> Long.toString(device.id())).toList()));
        }
        return named.stream().findFirst()
                .or(() -> all.stream().filter(device -> Long.toString(device.id()).equals(which.strip())).findFirst())
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND,
                        "There is no device '" + which.strip() + "' in the account '" + account.name() + "'"));
    }

    /**
     * Withdraws a device's token.
     *
     * @param by who does it, for the audit log
     */
    public void remove(Account account, Device device, String by) throws StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            stores.get().metadata().devices().remove(device.id(), clock.instant());
        }
        sessions.cutOff(device);
        events.endDevice(device);
        AUDIT.info("device removed: account={} device={} number={} by={}", account.name(),
                Logins.printable(device.name()), device.id(), by);
    }

    /**
     * Withdraws the tokens of an account's devices and its open join codes, and ends its sessions without a device.
     *
     * @param but whoever stays, or {@code null}
     * @param by who does it, for the audit log
     * @return how many devices were removed
     */
    public int removeAll(Account account, Session but, String by) throws StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            stores.get().metadata().invitations().withdraw(account.id());
        }
        sessions.endAll(account, but);
        int removed = 0;
        for (Device device : list(account)) {
            if (but == null || !but.isOf(device)) {
                remove(account, device, by);
                removed++;
            }
        }
        return removed;
    }

    /**
     * Locks a person out, which cuts all devices off at once.
     *
     * @param keepDevices whether their tokens are good again when the person is let in again; else they are withdrawn,
     *        and so are open join codes
     * @param by who does it, for the audit log
     */
    public void disable(Account account, boolean keepDevices, String by) throws StorageException {
        store(account, true);
        events.endAccount(account.id());
        AUDIT.info("account disabled: account={} devices={} by={}", account.name(), keepDevices ? "kept" : "removed",
                by);
        if (!keepDevices) {
            removeAll(account, null, by);
        }
    }

    /** Lets a person in again. */
    public void enable(Account account, String by) throws StorageException {
        store(account, false);
        AUDIT.info("account enabled: account={} by={}", account.name(), by);
    }

    private void store(Account account, boolean disabled) throws StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            MetadataStore metadata = stores.get().metadata();
            metadata.accounts().setDisabled(account.id(), disabled);
        }
        sessions.setDisabled(account.id(), disabled);
    }
}
