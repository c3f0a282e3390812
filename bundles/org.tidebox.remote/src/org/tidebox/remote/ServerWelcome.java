package org.tidebox.remote;

/**
 * What a server gives a device that has logged in.
 *
 * @param account the person
 * @param device the device's name as the server knows it
 * @param token proves the login from now on; a secret, to be kept readable for its owner only
 */
public record ServerWelcome(String account, String device, String token) {
    /** Leaves the secret out, so that it cannot get into a log. */
    @Override
    public String toString() {
        return "ServerWelcome[account=" + account + ", device=" + device + "]";
    }
}
