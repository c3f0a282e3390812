package org.tidebox.storage.tests.memory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tidebox.auth.AttemptStore;
import org.tidebox.auth.Attempts;

/** Attempts to log in, in memory; nothing goes by itself. */
final class MemoryAttempts implements AttemptStore {
    private final Map<String, Attempts> attempts = new HashMap<>();

    @Override
    public synchronized List<Attempts> change(List<String> keys, UnaryOperator<List<Attempts>> change) {
        List<Attempts> found = keys.stream().map(this::get).toList();
        List<Attempts> wanted = change.apply(found);
        for (int i = 0; i < keys.size(); i++) {
            attempts.put(keys.get(i), wanted.get(i));
        }
        return found;
    }

    private Attempts get(String key) {
        return attempts.getOrDefault(key, Attempts.NONE);
    }
}
