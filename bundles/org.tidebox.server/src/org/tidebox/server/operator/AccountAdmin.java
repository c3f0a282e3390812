package org.tidebox.server.operator;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.Enrolment;
import org.tidebox.feature.Lease;
import org.tidebox.feature.NoProviderException;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.admin.AccountInfo;
import org.tidebox.server.admin.AdminException;
import org.tidebox.server.admin.DeviceInfo;
import org.tidebox.server.data.Stores;
import org.tidebox.server.login.AccountDevices;
import org.tidebox.server.login.Logins;
import org.tidebox.server.tls.PublicAddress;
import org.tidebox.storage.AlreadyExistsException;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.accounts.Device;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.PlainName;
import org.tidebox.wire.JoinCode;
import org.tidebox.wire.ProblemException;

/** What an operator does about people and their devices. Thread-safe. */
final class AccountAdmin {
    private static final Logger AUDIT = LoggerFactory.getLogger("org.tidebox.audit");
    private static final String OPERATOR = "operator";
    private static final Duration CODE_LIFE = Duration.ofHours(24);
    private static final String NAME = "[\\p{L}\\p{M}\\p{N}._@-]+";

    private final TideboxServer server;
    private final AccountDevices devices;
    private final SecureRandom random = new SecureRandom();

    AccountAdmin(TideboxServer server) {
        this.server = server;
        this.devices = server.devices();
    }

    AccountInfo add(String typed, String password) throws AdminException {
        String name = spelled(typed);
        if (!name.matches(NAME)) {
            throw new AdminException("'" + name + "' cannot be an account name; it has letters, digits and . _ @ -");
        }
        Enrolment passwords = passwords();
        return run(metadata -> {
            // A name without a verifier is what a command that failed half-way left behind.
            if (metadata.accounts().find(name).isPresent() && metadata.accounts().verifier(name).isPresent()) {
                throw new AlreadyExistsException("an account", name);
            }
            // Beforehand: a refused password must not leave an account behind.
            passwords.check(password.toCharArray());
            Account account = add(metadata, name);
            passwords.enrol(name, password.toCharArray());
            AUDIT.info("account added: {}", name);
            return info(account, 0);
        });
    }

    List<AccountInfo> list() throws AdminException {
        return run(metadata -> {
            List<AccountInfo> infos = new ArrayList<>();
            for (Account account : metadata.accounts().list()) {
                infos.add(info(account, metadata.accounts().metadata(account.id())));
            }
            return infos;
        });
    }

    void disable(String name, boolean disabled, boolean keepDevices) throws AdminException {
        Account account = find(name);
        run(metadata -> {
            if (disabled) {
                devices.disable(account, keepDevices, OPERATOR);
            } else {
                devices.enable(account, OPERATOR);
            }
            return null;
        });
    }

    void setQuota(String name, long bytes) throws AdminException {
        if (bytes < 0) {
            throw new AdminException("A quota is 0 (no limit) or more bytes, got " + bytes);
        }
        Account account = find(name);
        run(metadata -> {
            metadata.accounts().setQuota(account.id(), bytes);
            AUDIT.info("quota of {}: {}", account.name(), bytes);
            return null;
        });
    }

    int setPassword(String name, String password, boolean logOutDevices) throws AdminException {
        Account account = find(name);
        Enrolment passwords = passwords();
        return run(metadata -> {
            passwords.enrol(account.name(), password.toCharArray());
            AUDIT.info("password changed: account={} by={}", account.name(), OPERATOR);
            return logOutDevices ? devices.removeAll(account, null, OPERATOR) : 0;
        });
    }

    List<DeviceInfo> listDevices(String name) throws AdminException {
        List<Account> accounts = name == null
                ? run(metadata -> metadata.accounts().list())
                : List.of(find(name));
        return run(metadata -> {
            List<DeviceInfo> infos = new ArrayList<>();
            for (Account account : accounts) {
                devices.list(account).forEach(device -> infos.add(info(account, device)));
            }
            return infos;
        });
    }

    DeviceInfo removeDevice(String name, String which) throws AdminException {
        Account account = find(name);
        return run(metadata -> {
            Device device = devices.find(account, which);
            devices.remove(account, device, OPERATOR);
            return info(account, device);
        });
    }

    String invite(String name) throws AdminException {
        Account account = find(name);
        if (account.disabled()) {
            throw new AdminException("The account '" + account.name() + "' is disabled; enable it first");
        }
        return run(metadata -> {
            PublicAddress address = PublicAddress.load(server.data()).orElseThrow(() -> new AdminException(
                    "The address of this server is not known yet; start it once with 'tidebox server run'"));
            JoinCode code = new JoinCode(address.url(), address.fingerprint().hex(), JoinCode.newSecret(random));
            metadata.invitations()
                    .add(account.id(), Logins.hashOf(code.secret()), server.clock().instant().plus(CODE_LIFE));
            AUDIT.info("invitation made: {}", account.name());
            return code.text();
        });
    }

    private Enrolment passwords() throws AdminException {
        return server.enrolment().orElseThrow(() -> new AdminException(
                "Nothing here keeps passwords now; see 'tidebox server feature list'"));
    }

    private Account add(MetadataStore metadata, String name) throws StorageException {
        Optional<Account> halfMade = metadata.accounts().find(name);
        return halfMade.isPresent() ? halfMade.get() : metadata.accounts().add(name, server.clock().instant());
    }

    private Account find(String typed) throws AdminException {
        String name = spelled(typed);
        return run(metadata -> metadata.accounts().find(name).orElseThrow(() -> new AdminException(
                "There is no account '" + name + "'; see 'tidebox server account list'")));
    }

    private static String spelled(String name) throws AdminException {
        try {
            return PlainName.of(name, PlainName.LONGEST);
        } catch (BadNameException e) {
            throw new AdminException(e.getMessage());
        }
    }

    private <R> R run(Work<R> work) throws AdminException {
        try (Lease<Stores> stores = server.data().acquire()) {
            return work.on(stores.get().metadata());
        } catch (StorageException | AuthException | ProblemException | NoProviderException e) {
            throw new AdminException(e.getMessage());
        }
    }

    private static AccountInfo info(Account account, long metadata) {
        return new AccountInfo(account.name(), account.disabled(), account.quota(), account.used() + metadata,
                account.created()
                        .toString());
    }

    private DeviceInfo info(Account account, Device device) {
        return new DeviceInfo(account.name(), device.id(), device.name(), devices.isConnected(device),
                device.created().toString(), device.lastSeen().toString(), device.address(),
                device.expires().toString());
    }

    private interface Work<R> {
        R on(MetadataStore metadata) throws StorageException, AuthException, AdminException, ProblemException;
    }
}
