package org.tidebox.agent.internal.account;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.agent.AccountStatus;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentProblem;
import org.tidebox.agent.ConnectionState;
import org.tidebox.agent.DeviceReport;
import org.tidebox.agent.LoginRequest;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerAddress;
import org.tidebox.remote.ServerConnector;
import org.tidebox.remote.ServerWelcome;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.wire.JoinCode;
import org.tidebox.wire.WireException;

/** Logging in and out. Thread-safe. */
public final class Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

    private final DeviceState state;
    private final ClientDatabase database;
    private final ServerConnector connector;
    private final Uplink uplink;
    private final String defaultDevice;
    private boolean working;

    public Accounts(ClientDatabase database, ServerConnector connector, Uplink uplink, String defaultDevice) {
        this.state = new DeviceState(database);
        this.database = database;
        this.connector = connector;
        this.uplink = uplink;
        this.defaultDevice = defaultDevice;
    }

    /** Uses the login of earlier runs, if there is one; listens to the server's news only if told to work. */
    public synchronized void resume(boolean nowWorking) throws TreeStoreException {
        working = nowWorking;
        Optional<DeviceState.Login> login = state.login();
        login.ifPresent(found -> uplink.open(found, working));
    }

    /** Returns who is logged in, or {@code null}. */
    public AccountStatus status() throws TreeStoreException {
        return state.login().map(DeviceState.Login::status).orElse(null);
    }

    /** Returns who is logged in; {@code null} also where the database cannot tell. */
    public AccountStatus known() {
        try {
            return status();
        } catch (TreeStoreException e) {
            LOG.debug("Nobody can tell who is logged in", e);
            return null;
        }
    }

    public synchronized AccountStatus join(String code, String device)
            throws AgentException, RemoteException, TreeStoreException {
        refuseSecondLogin();
        JoinCode parsed = parse(code);
        ServerAddress address = address(parsed.url(), parsed.fingerprint());
        return use(address, connector.join(address, parsed.secret(), named(device)));
    }

    public synchronized AccountStatus login(LoginRequest request)
            throws AgentException, RemoteException, TreeStoreException {
        refuseSecondLogin();
        ServerAddress address = address(request.url(), request.fingerprint());
        char[] password = request.password().toCharArray();
        return use(address, connector.login(address, request.account(), password, named(request.device())));
    }

    /** Ends the token on the server too, where that can be reached; here it is forgotten in any case. */
    public synchronized void logout() throws AgentException, TreeStoreException {
        if (state.login().isEmpty()) {
            throw new AgentException(new AgentProblem.NotLoggedIn());
        }
        try {
            uplink.connection().logout();
        } catch (RemoteException e) {
            LOG.warn("The server could not be told of the logout; the device's token stays valid there: {}",
                    e.getMessage());
        }
        uplink.close();
        state.logOut();
    }

    /** Lists the account's devices. */
    public List<DeviceReport> devices() throws RemoteException {
        return uplink.connection().devices().stream()
                .map(device -> new DeviceReport(device.number(), device.name(), device.own(), device.connected(),
                        device.created().toString(), device.lastSeen().toString(), device.address(),
                        device.expires().toString()))
                .toList();
    }

    private AccountStatus use(ServerAddress address, ServerWelcome welcome) throws AgentException, TreeStoreException {
        Optional<String> earlier = state.lastAccount();
        if (earlier.isPresent() && !earlier.get().equals(welcome.account()) && !database.folders().isEmpty()) {
            throw new AgentException(new AgentProblem.FoldersOfOtherAccount(earlier.get()));
        }
        DeviceState.Login login = state.logIn(address, welcome);
        uplink.open(login, working);
        return login.status();
    }

    private void refuseSecondLogin() throws AgentException, TreeStoreException {
        Optional<DeviceState.Login> login = state.login();
        if (login.isPresent() && isGood()) {
            throw new AgentException(new AgentProblem.LoggedInAlready(login.get().toString()));
        }
    }

    /** An agent that rests has not heard yet whether its login is worth anything. */
    private boolean isGood() {
        ConnectionState known = uplink.state();
        if (known != ConnectionState.RESTING) {
            return known != ConnectionState.LOGIN_NEEDED && known != ConnectionState.UNTRUSTED;
        }
        try {
            uplink.connection().libraries();
            return true;
        } catch (RemoteException e) {
            return e.getReason() != RemoteException.Reason.NOT_LOGGED_IN
                    && e.getReason() != RemoteException.Reason.UNTRUSTED;
        }
    }

    private String named(String device) {
        return device == null || device.isBlank() ? defaultDevice : device.strip();
    }

    private static JoinCode parse(String code) throws AgentException {
        try {
            return JoinCode.parse(code);
        } catch (WireException e) {
            throw new AgentException(e.getMessage(), true, e);
        }
    }

    private static ServerAddress address(String url, String fingerprint) throws AgentException {
        try {
            return ServerAddress.parse(url, fingerprint);
        } catch (IllegalArgumentException e) {
            throw new AgentException("Not a server: " + e.getMessage(), true, e);
        }
    }
}
