package org.tidebox.files.tests.disk;

import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** Numbers and change times of files and folders. The smallest free number is given to the next one, as on ext4. */
final class Inodes {
    private final Map<Object, Numbers> devices = new HashMap<>();
    private final Map<Object, FileTime> changed = new HashMap<>();
    private final Map<Long, Numbers> numbers = new HashMap<>();

    /** The numbers of one file system. */
    private static final class Numbers {
        private final Map<Object, Long> given = new HashMap<>();
        private final TreeSet<Long> free = new TreeSet<>();
        private long next = 1;

        private long number(Object key) {
            return given.computeIfAbsent(key, any -> {
                Long again = free.pollFirst();
                return again != null ? again : next++;
            });
        }
    }

    /** Each file system has numbers of its own. */
    long number(Object key, long device) {
        Numbers own = devices.computeIfAbsent(key, any -> numbers.computeIfAbsent(device, other -> new Numbers()));
        return own.number(key);
    }

    FileTime changed(Object key, FileTime ifNever) {
        return changed.getOrDefault(key, ifNever);
    }

    void touch(Object key, FileTime now) {
        changed.put(key, now);
    }

    void release(Object key) {
        changed.remove(key);
        Numbers own = devices.remove(key);
        Long number = own == null ? null : own.given.remove(key);
        if (number != null) {
            own.free.add(number);
        }
    }
}
