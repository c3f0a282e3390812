package org.tidebox.sync.http;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.crypto.NativeCrypto;
import org.tidebox.remote.Bandwidth;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerAddress;
import org.tidebox.remote.ServerConnection;
import org.tidebox.remote.ServerConnector;
import org.tidebox.remote.ServerWelcome;
import org.tidebox.sync.http.Requests.Patience;
import org.tidebox.wire.Messages.Join;
import org.tidebox.wire.Messages.Login;
import org.tidebox.wire.Messages.ServerInfo;
import org.tidebox.wire.Messages.Welcome;
import org.tidebox.wire.Routes;

/** Reaches servers over HTTP/2 and TLS 1.3. */
@Component(reference = @Reference(name = "crypto", service = NativeCrypto.class))
public final class HttpConnector implements ServerConnector {
    private final Patience patience;
    private final Throttles throttles;

    /** Waits as long as devices should. */
    @Activate
    public HttpConnector() {
        this(Patience.DEFAULT);
    }

    HttpConnector(Patience patience) {
        this(patience, new Throttles(Throttle.Time.REAL));
    }

    HttpConnector(Patience patience, Throttles throttles) {
        this.patience = patience;
        this.throttles = throttles;
    }

    @Override
    public void limit(Bandwidth bandwidth) {
        throttles.limit(bandwidth);
    }

    @Override
    public ServerConnection connect(ServerAddress address, String token) {
        return new HttpRemote(new Requests(address, token, patience, throttles));
    }

    @Override
    public ServerInfo info(ServerAddress address) throws RemoteException {
        try (Requests requests = new Requests(address, null, patience, throttles)) {
            return requests.get(Routes.INFO, ServerInfo.class);
        }
    }

    @Override
    public ServerWelcome login(ServerAddress address, String account, char[] password, String device)
            throws RemoteException {
        return enter(address, Routes.LOGIN, new Login(account, new String(password), device));
    }

    @Override
    public ServerWelcome join(ServerAddress address, String secret, String device) throws RemoteException {
        return enter(address, Routes.JOIN, new Join(secret, device));
    }

    private ServerWelcome enter(ServerAddress address, String route, Object message) throws RemoteException {
        try (Requests requests = new Requests(address, null, patience, throttles)) {
            Welcome welcome = requests.post(route, message, Welcome.class, false);
            return new ServerWelcome(welcome.account(), welcome.device(), welcome.token());
        }
    }
}
