package org.tidebox.storage.accounts;

import java.time.Instant;

/**
 * A person.
 *
 * @param id given by the store
 * @param name unique; as the person types it
 * @param disabled whether the person may not log in
 * @param quota the most bytes that the account's packs may take, 0 for no limit
 * @param used the bytes of chunks stored for the account
 * @param created when it was added
 */
public record Account(long id, String name, boolean disabled, long quota, long used, Instant created) {
}
