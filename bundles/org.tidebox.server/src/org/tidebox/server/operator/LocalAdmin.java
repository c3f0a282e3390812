package org.tidebox.server.operator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.Lease;
import org.tidebox.feature.NoProviderException;
import org.tidebox.feature.UnknownFeatureException;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.admin.AccountInfo;
import org.tidebox.server.admin.AdminException;
import org.tidebox.server.admin.CheckResult;
import org.tidebox.server.admin.ContentPart;
import org.tidebox.server.admin.DeviceInfo;
import org.tidebox.server.admin.GcResult;
import org.tidebox.server.admin.RetentionInfo;
import org.tidebox.server.admin.ScrubResult;
import org.tidebox.server.admin.ServerAdmin;
import org.tidebox.server.admin.ServerStats;
import org.tidebox.server.admin.StoredFile;
import org.tidebox.server.data.ServerFeatures;
import org.tidebox.server.data.Stores;
import org.tidebox.server.tls.PublicAddress;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.packs.PackInfo;
import org.tidebox.storage.provider.MetadataStore;

/** Carries out operator commands on the server in this process. Thread-safe. */
public final class LocalAdmin implements ServerAdmin {
    private static final Logger AUDIT = LoggerFactory.getLogger("org.tidebox.audit");

    private final TideboxServer server;
    private final ServerFeatures features;
    private final AccountAdmin accounts;
    private final UpkeepAdmin upkeep;
    private final ContentAdmin contents;

    /** Works on the given server. */
    public LocalAdmin(TideboxServer server, ServerFeatures features) {
        this.server = server;
        this.features = features;
        this.accounts = new AccountAdmin(server);
        this.upkeep = new UpkeepAdmin(server);
        this.contents = new ContentAdmin(server);
    }

    @Override
    public AccountInfo addAccount(String name, String password) throws AdminException {
        return accounts.add(name, password);
    }

    @Override
    public List<AccountInfo> listAccounts() throws AdminException {
        return accounts.list();
    }

    @Override
    public void disableAccount(String name, boolean disabled, boolean keepDevices) throws AdminException {
        accounts.disable(name, disabled, keepDevices);
    }

    @Override
    public void setQuota(String name, long bytes) throws AdminException {
        accounts.setQuota(name, bytes);
    }

    @Override
    public int setPassword(String name, String password, boolean logOutDevices) throws AdminException {
        return accounts.setPassword(name, password, logOutDevices);
    }

    @Override
    public List<DeviceInfo> listDevices(String account) throws AdminException {
        return accounts.listDevices(account);
    }

    @Override
    public DeviceInfo removeDevice(String account, String device) throws AdminException {
        return accounts.removeDevice(account, device);
    }

    @Override
    public String invite(String name) throws AdminException {
        return accounts.invite(name);
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
    public ContentPart readContent(String account, String library, String path, long version, long from)
            throws AdminException {
        return contents.read(account, library, path, version, from);
    }

    @Override
    public StoredFile putContent(String account, String library, String path, Path file) throws AdminException {
        return contents.put(account, library, path, file);
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
}
