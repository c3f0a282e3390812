package org.tidebox.sim.tests.disk;

import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** Numbers and change times of files and folders. The smallest free number is given to the next one, as on ext4. */
final class Inodes {
    private final Map<Object, Long> numbers = new HashMap<>();
    private final Map<Object, FileTime> changed = new HashMap<>();
    private final TreeSet<Long> free = new TreeSet<>();
    private long next = 1;

    long number(Object key) {
        return numbers.computeIfAbsent(key, any -> {
            Long again = free.pollFirst();
            return again != null ? again : next++;
        });
    }

    FileTime changed(Object key, FileTime ifNever) {
        return changed.getOrDefault(key, ifNever);
    }

    void touch(Object key, FileTime now) {
        changed.put(key, now);
    }

    void release(Object key) {
        changed.remove(key);
        Long number = numbers.remove(key);
        if (number != null) {
            free.add(number);
        }
    }
}
