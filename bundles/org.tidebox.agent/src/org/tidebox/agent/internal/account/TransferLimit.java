package org.tidebox.agent.internal.account;

import org.tidebox.remote.Bandwidth;
import org.tidebox.remote.ServerConnector;
import org.tidebox.sync.device.TreeStoreException;

/** How fast this device's contents may travel: remembered, and told to whoever moves them. Thread-safe. */
public final class TransferLimit {
    private final DeviceState state;
    private final ServerConnector connector;

    public TransferLimit(DeviceState state, ServerConnector connector) {
        this.state = state;
        this.connector = connector;
    }

    /** Keeps to what earlier runs were told. */
    public synchronized void restore() throws TreeStoreException {
        connector.limit(state.bandwidth());
    }

    public synchronized Bandwidth get() throws TreeStoreException {
        return state.bandwidth();
    }

    public synchronized void set(Bandwidth bandwidth) throws TreeStoreException {
        state.limit(bandwidth);
        connector.limit(bandwidth);
    }
}
