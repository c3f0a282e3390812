package org.tidebox.sync.conflict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All conflict copies of one file. A program that saves again and again while another device does the same leaves many;
 * those of one device are states of one edit, and its newest one stands for them.
 *
 * @param copies newest first; at least one
 */
public record ConflictGroup(List<Conflict> copies) {
    private static final Comparator<Conflict> NEWEST_FIRST = Comparator.comparing(Conflict::time)
            .thenComparing(conflict -> conflict.copy().attributes().mtime()).thenComparing(Conflict::path).reversed();

    /** Sorts and freezes the list. */
    public ConflictGroup {
        copies = copies.stream().sorted(NEWEST_FIRST).toList();
    }

    /** Puts conflicts about the same file together, in the order in which they come. */
    public static List<ConflictGroup> of(List<Conflict> conflicts) {
        Map<String, List<Conflict>> byFile = new LinkedHashMap<>();
        conflicts.forEach(conflict -> byFile.computeIfAbsent(conflict.originalPath(), path -> new ArrayList<>())
                .add(conflict));
        return byFile.values().stream().map(ConflictGroup::new).toList();
    }

    /** Returns where the file is, or was, that the copies stand beside. */
    public String originalPath() {
        return copies.getFirst().originalPath();
    }

    /** Returns the copies of each device, newest first. */
    public List<ConflictGroup> byDevice() {
        Map<String, List<Conflict>> byDevice = new LinkedHashMap<>();
        copies.forEach(copy -> byDevice.computeIfAbsent(copy.device(), device -> new ArrayList<>()).add(copy));
        return byDevice.values().stream().map(ConflictGroup::new).toList();
    }

    /** Returns the newest copy. */
    public Conflict newest() {
        return copies.getFirst();
    }

    /** Returns the copy that was modified last; {@code null} if the file itself was modified after all of them. */
    public Conflict lastModified() {
        Conflict last = copies.stream().max(Comparator.comparing(copy -> copy.copy().attributes().mtime()))
                .orElseThrow();
        return last.original() != null
                && last.original().attributes().mtime() >= last.copy().attributes().mtime() ? null : last;
    }
}
