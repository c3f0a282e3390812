package org.tidebox.storage.accounts;

import java.time.Instant;

/**
 * An installation of the client.
 *
 * @param id given by the store
 * @param account whose it is
 * @param name as the person calls it
 * @param created when it joined
 * @param lastSeen when it was last seen, as far as that was noted
 * @param expires when its token ends unless renewed
 * @param address where it was last seen, or {@code null}
 * @param removed when its token was withdrawn, or {@code null}
 */
public record Device(long id, long account, String name, Instant created, Instant lastSeen, Instant expires,
        String address, Instant removed) {
}
