package org.tidebox.server;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.Enrolment;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.Lease;
import org.tidebox.feature.NoProviderException;
import org.tidebox.feature.UnknownFeatureException;
import org.tidebox.server.admin.AccountInfo;
import org.tidebox.server.admin.AdminException;
import org.tidebox.server.admin.CheckResult;
import org.tidebox.server.admin.GcResult;
import org.tidebox.server.admin.RetentionInfo;
import org.tidebox.server.admin.ScrubResult;
import org.tidebox.server.admin.ServerAdmin;
import org.tidebox.server.admin.ServerStats;
import org.tidebox.storage.Account;
import org.tidebox.storage.AlreadyExistsException;
import org.tidebox.storage.MetadataStore;
import org.tidebox.storage.PackInfo;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.PlainName;
import org.tidebox.wire.JoinCode;

/** Carries out operator commands on the server in this process. Thread-safe. */
public final class LocalAdmin implements ServerAdmin {
    private static final Logger AUDIT = LoggerFactory.getLogger("org.tidebox.audit");
    private static final Duration CODE_LIFE = Duration.ofHours(24);
    private static final String NAME = "[\\p{L}\\p{M}\\p{N}._@-]+";

    private final TideboxServer server;
    private final ServerFeatures features;
    private final Supplier<Optional<Enrolment>> enrolment;
    private final UpkeepAdmin upkeep;
    private final SecureRandom random = new SecureRandom();

    /**
     * Works on the given server.
     *
     * @param enrolment gives who sets passwords now, if anybody
     */
    public LocalAdmin(TideboxServer server, ServerFeatures features, Supplier<Optional<Enrolment>> enrolment) {
        this.server = server;
        this.features = features;
        this.enrolment = enrolment;
        this.upkeep = new UpkeepAdmin(server);
    }

    @Override
    public AccountInfo addAccount(String typed, String password) throws AdminException {
        String name = spelled(typed);
        if (!name.matches(NAME)) {
            throw new AdminException("'" + name + "' cannot be an account name; it has letters, digits and . _ @ -");
        }
        Enrolment passwords = enrolment.get().orElseThrow(() -> new AdminException(
                "Nothing here keeps passwords now; see 'tidebox server feature list'"));
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
            return info(account);
        });
    }

    @Override
    public List<AccountInfo> listAccounts() throws AdminException {
        return run(metadata -> metadata.accounts().list().stream().map(LocalAdmin::info).toList());
    }

    @Override
    public void disableAccount(String name, boolean disabled) throws AdminException {
        long id = run(metadata -> find(metadata, name).id());
        run(metadata -> {
            server.setDisabled(id, disabled);
            return null;
        });
    }

    @Override
    public void setQuota(String name, long bytes) throws AdminException {
        if (bytes < 0) {
            throw new AdminException("A quota is 0 (no limit) or more bytes, got " + bytes);
        }
        run(metadata -> {
            metadata.accounts().setQuota(find(metadata, name).id(), bytes);
            AUDIT.info("quota of {}: {}", name, bytes);
            return null;
        });
    }

    @Override
    public String invite(String name) throws AdminException {
        return run(metadata -> {
            Account account = find(metadata, name);
            if (account.disabled()) {
                throw new AdminException("The account '" + name + "' is disabled; enable it first");
            }
            PublicAddress address = PublicAddress.load(server.data()).orElseThrow(() -> new AdminException(
                    "The address of this server is not known yet; start it once with 'tidebox server run'"));
            JoinCode code = new JoinCode(address.url(), address.fingerprint().hex(), JoinCode.newSecret(random));
            metadata.invitations()
                    .add(account.id(), Logins.hashOf(code.secret()), server.clock().instant().plus(CODE_LIFE));
            AUDIT.info("invitation made: {}", name);
            return code.text();
        });
    }

    @Override
    public List<FeatureStatus> features() {
        return features.status();
    }

    @Override
    public FeatureStatus useFeature(String point, String provider) throws AdminException {
        try {
            FeatureStatus status = features.use(point, provider);
            AUDIT.info("feature chosen: {}={}", point, provider);
            return status;
        } catch (UnknownFeatureException e) {
            throw new AdminException(e.getMessage());
        } catch (IOException e) {
            throw new AdminException("The choice holds now but could not be stored for the next start: "
                    + e.getMessage());
        }
    }

    @Override
    public RetentionInfo retention(String account, String library) throws AdminException {
        return upkeep.retention(account, library);
    }

    @Override
    public void setRetention(RetentionInfo wanted) throws AdminException {
        upkeep.setRetention(wanted);
    }

    @Override
    public GcResult gc(int leaseHours) throws AdminException {
        return upkeep.gc(leaseHours);
    }

    @Override
    public ScrubResult scrub() throws AdminException {
        return upkeep.scrub();
    }

    @Override
    public CheckResult check(boolean rebuild) throws AdminException {
        return upkeep.check(rebuild);
    }

    @Override
    public ServerStats stats() throws AdminException {
        try (Lease<Stores> stores = server.data().acquire()) {
            MetadataStore metadata = stores.get().metadata();
            List<Account> accounts = metadata.accounts().list();
            long libraries = 0;
            long packs = 0;
            long bytes = 0;
            long wanted = 0;
            for (Account account : accounts) {
                libraries += metadata.journal().list(account.id()).size();
                wanted += metadata.damage().wanted(account.id()).values().stream().mapToLong(List::size).sum();
                List<PackInfo> found = stores.get().packs().list(Long.toString(account.id()));
                packs += found.size();
                bytes += found.stream().mapToLong(PackInfo::length).sum();
            }
            Optional<PublicAddress> address = PublicAddress.load(server.data());
            return new ServerStats(accounts.size(), libraries, packs, bytes, wanted, server.requests().sum(),
                    address.map(PublicAddress::url).orElse(null), address.map(found -> found.fingerprint().hex())
                            .orElse(null));
        } catch (StorageException | NoProviderException e) {
            throw new AdminException(e.getMessage());
        }
    }

    private Account add(MetadataStore metadata, String name) throws StorageException {
        Optional<Account> halfMade = metadata.accounts().find(name);
        return halfMade.isPresent() ? halfMade.get() : metadata.accounts().add(name, server.clock().instant());
    }

    private <R> R run(Work<R> work) throws AdminException {
        try (Lease<Stores> stores = server.data().acquire()) {
            return work.on(stores.get().metadata());
        } catch (StorageException | AuthException | NoProviderException e) {
            throw new AdminException(e.getMessage());
        }
    }

    private static String spelled(String name) throws AdminException {
        try {
            return PlainName.of(name, PlainName.LONGEST);
        } catch (BadNameException e) {
            throw new AdminException(e.getMessage());
        }
    }

    private static Account find(MetadataStore metadata, String typed) throws StorageException, AdminException {
        String name = spelled(typed);
        return metadata.accounts().find(name).orElseThrow(() -> new AdminException(
                "There is no account '" + name + "'; see 'tidebox server account list'"));
    }

    private static AccountInfo info(Account account) {
        return new AccountInfo(account.name(), account.disabled(), account.quota(), account.used(), account.created()
                .toString());
    }

    private interface Work<R> {
        R on(MetadataStore metadata) throws StorageException, AuthException, AdminException;
    }
}
