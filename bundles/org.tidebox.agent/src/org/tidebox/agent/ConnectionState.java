package org.tidebox.agent;

/** How it stands between this device and the server. */
public enum ConnectionState {
    /** Nobody is logged in on this device. */
    LOGGED_OUT,
    /** Nothing is kept in step now, since this agent was started for single commands only. */
    RESTING,
    /** The first contact is being made. */
    CONNECTING,
    /** The server is there and tells its news. */
    CONNECTED,
    /** The server does not answer; changes are noted and sent later. */
    OFFLINE,
    /** The server shows another certificate than the one this device trusts. */
    UNTRUSTED,
    /** The server does not take the device's token any more. */
    LOGIN_NEEDED
}
