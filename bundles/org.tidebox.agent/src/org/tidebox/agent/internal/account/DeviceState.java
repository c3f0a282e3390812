package org.tidebox.agent.internal.account;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tidebox.agent.AccountStatus;
import org.tidebox.remote.Bandwidth;
import org.tidebox.remote.ServerAddress;
import org.tidebox.remote.ServerWelcome;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.TreeStoreException;

/** What the device remembers beside its folders: the login, the chosen features and the limits. Thread-safe. */
public final class DeviceState {
    private static final String URL = "server.url";
    private static final String FINGERPRINT = "server.fingerprint";
    private static final String ACCOUNT = "account";
    private static final String DEVICE = "device";
    private static final String TOKEN = "token";
    private static final String FEATURES = "features";
    private static final String UP = "limit.up";
    private static final String DOWN = "limit.down";
    private static final String DELETE_IGNORED = "delete-ignored.";

    private final ClientDatabase database;

    public DeviceState(ClientDatabase database) {
        this.database = database;
    }

    /**
     * A login that lasts.
     *
     * @param server where and who
     * @param account the person
     * @param device how the person calls this installation
     * @param token the device's secret
     */
    public record Login(ServerAddress server, String account, String device, String token) {
        AccountStatus status() {
            return new AccountStatus(account, device, server.toString());
        }

        @Override
        public String toString() {
            return account + " on " + server + " as " + device;
        }
    }

    /** Returns who is logged in. */
    public Optional<Login> login() throws TreeStoreException {
        Optional<String> token = database.setting(TOKEN);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        ServerAddress server = ServerAddress.parse(required(URL), database.setting(FINGERPRINT).orElse(null));
        return Optional.of(new Login(server, required(ACCOUNT), required(DEVICE), token.get()));
    }

    /** Returns whose folders these are, also after a logout. */
    Optional<String> lastAccount() throws TreeStoreException {
        return database.setting(ACCOUNT);
    }

    /** Remembers a login; the token comes last, so that a crash in between leaves nobody logged in. */
    Login logIn(ServerAddress server, ServerWelcome welcome) throws TreeStoreException {
        logOut();
        database.putSetting(URL, server.toString());
        database.putSetting(FINGERPRINT, server.fingerprint());
        database.putSetting(ACCOUNT, welcome.account());
        database.putSetting(DEVICE, welcome.device());
        database.putSetting(TOKEN, welcome.token());
        return new Login(server, welcome.account(), welcome.device(), welcome.token());
    }

    /** Forgets the token; whose folders these are stays known. */
    void logOut() throws TreeStoreException {
        database.putSetting(TOKEN, null);
    }

    /** Returns the chosen provider by swap point. */
    public Map<String, String> features() throws TreeStoreException {
        Map<String, String> chosen = new TreeMap<>();
        for (String choice : database.setting(FEATURES).orElse("").split(",")) {
            int equals = choice.indexOf('=');
            if (equals > 0) {
                chosen.put(choice.substring(0, equals), choice.substring(equals + 1));
            }
        }
        return chosen;
    }

    /** Remembers a chosen provider. */
    public void choose(String point, String provider) throws TreeStoreException {
        Map<String, String> chosen = features();
        chosen.put(point, provider);
        database.putSetting(FEATURES,
                String.join(",", chosen.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList()));
    }

    /** Returns how fast contents may travel. */
    Bandwidth bandwidth() throws TreeStoreException {
        try {
            return new Bandwidth(number(UP), number(DOWN));
        } catch (IllegalArgumentException e) {
            throw new TreeStoreException(TreeStoreException.Reason.DAMAGED,
                    "The device's database has a limit that is none: " + e.getMessage(), e);
        }
    }

    /** Remembers how fast contents may travel. */
    void limit(Bandwidth bandwidth) throws TreeStoreException {
        database.putSetting(UP, Long.toString(bandwidth.up()));
        database.putSetting(DOWN, Long.toString(bandwidth.down()));
    }

    /** Returns whether what is ignored is deleted with its folder. */
    public boolean deletesIgnored(FolderId folder) throws TreeStoreException {
        return database.setting(DELETE_IGNORED + folder).isPresent();
    }

    /** Remembers whether what is ignored is deleted with its folder. */
    public void deleteIgnored(FolderId folder, boolean delete) throws TreeStoreException {
        database.putSetting(DELETE_IGNORED + folder, delete ? "true" : null);
    }

    private long number(String key) throws TreeStoreException {
        return Long.parseLong(database.setting(key).orElse("0"));
    }

    private String required(String key) throws TreeStoreException {
        return database.setting(key).orElseThrow(() -> new TreeStoreException(TreeStoreException.Reason.DAMAGED,
                "The device's database has no '" + key + "' although somebody is logged in; log in again", null));
    }
}
