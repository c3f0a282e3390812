package org.tidebox.storage;

import java.time.Instant;

/**
 * An installation of the client.
 *
 * @param id given by the store
 * @param account whose it is
 * @param name as the person calls it
 * @param created when it joined
 * @param lastSeen when its token was last renewed
 * @param expires when its token ends unless renewed
 */
public record Device(long id, long account, String name, Instant created, Instant lastSeen, Instant expires) {
}
