package org.tidebox.server.session;

import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.accounts.Device;

/**
 * A device that has shown its token.
 *
 * @param account whose it is
 * @param device which one
 * @param tokenHash the hash of its token, by which it is looked at again
 */
public record Session(Account account, Device device, String tokenHash) {
}
