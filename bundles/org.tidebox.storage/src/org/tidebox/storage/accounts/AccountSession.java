package org.tidebox.storage.accounts;

import java.time.Instant;

/**
 * A person who has logged in without a device: with a browser.
 *
 * @param account who
 * @param lastSeen when the session was last used, as far as that was noted
 * @param expires when it ends unless renewed
 */
public record AccountSession(long account, Instant lastSeen, Instant expires) {
}
