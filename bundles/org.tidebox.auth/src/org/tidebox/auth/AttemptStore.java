package org.tidebox.auth;

import java.util.List;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps what was attempted, by key; the server implements it over its database, so that a restart forgives nobody. What
 * is of no use any more goes by itself: failures after two days, right attempts after {@link AttemptThrottle#MEMORY_OF_ORIGINS}.
 */
@ConsumerType
public interface AttemptStore {
    /**
     * Replaces what is kept under some keys. Of several who do this at once, each sees what the one before has left,
     * also where they are different processes over one database.
     *
     * @param keys different ones
     * @param change gets what is kept under each key, {@link Attempts#NONE} where there is nothing, and returns what to
     *        keep instead, in the same order; may be called several times, the last call counts
     * @return what was kept before
     * @throws AuthException if the store cannot be read or written now
     */
    List<Attempts> change(List<String> keys, UnaryOperator<List<Attempts>> change) throws AuthException;
}
