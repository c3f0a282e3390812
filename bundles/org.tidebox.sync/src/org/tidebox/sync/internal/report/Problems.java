package org.tidebox.sync.internal.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.tree.NodeId;

/**
 * The entries that cannot be the same at present. Those that a scan must leave out stand until their folder is scanned
 * again; those that failed rest for a while, longer each time, and are then tried anew; of those that are incomplete
 * something is left out. Thread-safe.
 */
public final class Problems {
    private static final Duration FIRST_REST = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 4;
    /** A disk is never quite still; so much more room is worth another try. */
    private static final long MORE_ROOM = 1 << 20;

    private final InstantSource clock;
    private final LongSupplier room;
    private final Map<NodeId, List<Problem>> skipped = new HashMap<>();
    private final Map<NodeId, Failure> failed = new HashMap<>();
    private final Map<NodeId, Problem> blocked = new HashMap<>();
    private final Map<Part, Map<NodeId, Problem>> incomplete = new EnumMap<>(Part.class);
    private final Map<NodeId, List<Problem>> staying = new HashMap<>();
    private Instant blockedUntil = Instant.MIN;

    /** What can be left out of an entry. */
    public enum Part {
        /** Its extended attributes. */
        EXTENDED,
        /** Its time of modification. */
        TIME
    }

    /** Begins without problems, on a disk of unknown size. */
    public Problems(InstantSource clock) {
        this(clock, () -> 0);
    }

    /**
     * Begins without problems.
     *
     * @param room tells how many bytes are free on the disk
     */
    public Problems(InstantSource clock, LongSupplier room) {
        this.clock = clock;
        this.room = room;
        for (Part part : Part.values()) {
            incomplete.put(part, new HashMap<>());
        }
    }

    /** Sets what the scan of a folder left out. */
    public synchronized void skipped(NodeId folder, List<Problem> problems) {
        if (problems.isEmpty()) {
            skipped.remove(folder);
        } else {
            skipped.put(folder, List.copyOf(problems));
        }
    }

    /** Adds to what the scan of a folder left out. */
    public synchronized void alsoSkipped(NodeId folder, Problem problem) {
        List<Problem> all = new ArrayList<>(skipped.getOrDefault(folder, List.of()));
        all.add(problem);
        skipped.put(folder, List.copyOf(all));
    }

    /** Sets which folders in a folder stay on this device alone: that is settled, and worth to be known. */
    public synchronized void staying(NodeId folder, List<Problem> folders) {
        if (folders.isEmpty()) {
            staying.remove(folder);
        } else {
            staying.put(folder, List.copyOf(folders));
        }
    }

    /** A folder goes by another id now. */
    public synchronized void adopted(NodeId folder, NodeId as) {
        skipped(as, skipped.getOrDefault(folder, List.of()));
        staying(as, staying.getOrDefault(folder, List.of()));
        skipped.remove(folder);
        staying.remove(folder);
    }

    /** Returns whether there is anything that is not settled. */
    public synchronized boolean isAny() {
        return !(skipped.isEmpty() && failed.isEmpty() && blocked.isEmpty()
                && incomplete.values().stream().allMatch(Map::isEmpty));
    }

    /** Returns whether a look at a folder left something out, or found folders that stay. */
    public synchronized boolean hasLeftOut(NodeId folder) {
        return skipped.containsKey(folder) || staying.containsKey(folder);
    }

    /** Returns whether the scan of a folder left something out. */
    public synchronized boolean hasSkipped(NodeId folder) {
        return skipped.containsKey(folder);
    }

    /** An entry failed. */
    public synchronized void failed(NodeId node, String path, Obstacle reason) {
        Failure before = failed.get(node);
        int attempts = before == null ? 0 : Math.min(before.attempts + 1, DOUBLINGS);
        Duration rest = FIRST_REST.multipliedBy(1L << attempts);
        Instant due = clock.instant().plus(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
        long free = Reasons.isFull(reason) ? room.getAsLong() : Failure.OTHER_CAUSE;
        failed.put(node, new Failure(new Problem(path, reason), attempts, due, free));
    }

    /** An entry was dealt with, or changed so that it is worth another try. */
    public synchronized void clear(NodeId node) {
        failed.remove(node);
    }

    /** An entry is synchronised, but something of it is not. */
    public synchronized void incomplete(NodeId node, Part part, String path, Obstacle reason) {
        incomplete.get(part).put(node, new Problem(path, reason));
    }

    /** Returns whether a part of an entry is not synchronised. */
    public synchronized boolean isIncomplete(NodeId node, Part part) {
        return incomplete.get(part).containsKey(node);
    }

    /** A part of an entry is not left out any more. */
    public synchronized void complete(NodeId node, Part part) {
        incomplete.get(part).remove(node);
    }

    /** Nothing of an entry is left out any more, or it is gone. */
    public synchronized void complete(NodeId node) {
        incomplete.values().forEach(part -> part.remove(node));
    }

    /** Sets which entries wait for something that is not there yet; the next run looks at them anew. */
    public synchronized void blocked(Map<NodeId, Problem> waiting) {
        blocked.clear();
        blocked.putAll(waiting);
        blockedUntil = clock.instant().plus(FIRST_REST);
    }

    /** All entries were dealt with. */
    public synchronized void clearFailures() {
        failed.clear();
        blocked.clear();
    }

    /** Lets everything that failed be tried at once. */
    public synchronized void wakeAll() {
        failed.replaceAll((node, failure) -> new Failure(failure.problem, failure.attempts, Instant.MIN, failure.free));
    }

    /** Returns whether an entry failed and is not due yet. */
    public synchronized boolean isResting(NodeId node) {
        Failure failure = failed.get(node);
        return failure != null && clock.instant().isBefore(awaited(failure.due)) && !hasMoreRoom(failure);
    }

    /** Nothing rests longer than the longest rest, also when the clock was set back meanwhile. */
    private Instant awaited(Instant due) {
        Instant now = clock.instant();
        return due.isAfter(now.plus(LONGEST_REST)) ? now : due;
    }

    private boolean hasMoreRoom(Failure failure) {
        return failure.isFull() && room.getAsLong() - failure.free > MORE_ROOM;
    }

    /** Returns whether an entry failed and was not dealt with. */
    public synchronized boolean hasFailed(NodeId node) {
        return failed.containsKey(node);
    }

    /** Returns when the next entry is due for another try. */
    public synchronized Optional<Instant> due() {
        Stream<Instant> waiting = blocked.isEmpty() ? Stream.empty() : Stream.of(blockedUntil);
        return Stream.concat(waiting, failed.values().stream().map(this::due)).map(this::awaited)
                .min(Comparator.naturalOrder());
    }

    /** Nobody tells when there is room again, so that is looked at now and then. */
    private Instant due(Failure failure) {
        Instant look = clock.instant().plus(FIRST_REST);
        return failure.isFull() && look.isBefore(failure.due) ? look : failure.due;
    }

    /** Returns how many entries failed or wait. */
    public synchronized int failures() {
        return failed.size() + blocked.size();
    }

    /** Returns what failed or waits, by path. */
    public synchronized List<Problem> failing() {
        return Stream.concat(failed.values().stream().map(Failure::shown), blocked.values().stream())
                .sorted(Comparator.comparing(Problem::path)).toList();
    }

    /** Returns all problems by path. */
    public synchronized List<Problem> list() {
        List<Problem> all = new ArrayList<>(failing());
        skipped.values().forEach(all::addAll);
        incomplete.values().forEach(part -> all.addAll(part.values()));
        staying.values().forEach(all::addAll);
        all.sort(Comparator.comparing(Problem::path));
        return all;
    }

    /** What failed; {@code free} is how much room there was, if too little was the cause. */
    private record Failure(Problem problem, int attempts, Instant due, long free) {
        private static final long OTHER_CAUSE = -1;

        /** What failed so often that it has lasted for more than a minute needs somebody to look at it. */
        Problem shown() {
            return new Problem(problem.path(), problem.reason(), attempts < DOUBLINGS);
        }

        boolean isFull() {
            return free != OTHER_CAUSE;
        }
    }
}
