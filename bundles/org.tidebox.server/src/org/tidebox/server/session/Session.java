package org.tidebox.server.session;

import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.accounts.Device;

/**
 * Somebody who may work on an account's libraries: a device that has shown its token, a person who has logged in with a
 * browser, or the operator.
 *
 * @param account whose libraries
 * @param device which device, or {@code null} if it is none
 * @param tokenHash the hash of the token, by which it is looked at again; {@code null} for the operator
 */
public record Session(Account account, Device device, String tokenHash) {
    /** What stands for a device in the journal where there was none. */
    public static final long NO_DEVICE = 0;

    /** Makes the session of an operator who works on somebody's account. */
    public static Session ofOperator(Account account) {
        return new Session(account, null, null);
    }

    /** Returns the number of the device, or {@link #NO_DEVICE}. */
    public long deviceId() {
        return device == null ? NO_DEVICE : device.id();
    }

    /** Returns whether it is the device. */
    public boolean isOf(Device other) {
        return device != null && device.id() == other.id();
    }
}
