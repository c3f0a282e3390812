package org.tidebox.agent.internal.rules;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.tidebox.agent.AskReport;
import org.tidebox.sync.folder.AskedBatch;

/** The questions that folders ask, the last one of each; whoever shows them waits here for the next. Thread-safe. */
public final class QuestionBoard {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private final Map<Path, AskReport> questions = new HashMap<>();
    private long number;

    /** A folder has worked, and found what to ask: a question is raised if something is new, and taken back if nothing waits. */
    public void found(Path root, AskedBatch batch) {
        lock.lock();
        try {
            if (batch.entries() > 0) {
                number++;
                questions.put(root,
                        new AskReport(number, root.toString(), batch.entries(), batch.bytes(), batch.waiting()));
                raised.signalAll();
            } else if (batch.waiting() == 0) {
                questions.remove(root);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a question with a higher number; returns the first one. */
    Optional<AskReport> next(long after, long timeoutMillis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            Optional<AskReport> next = first(after);
            while (next.isEmpty() && left > 0) {
                left = raised.awaitNanos(left);
                next = first(after);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Returns what a folder asks at present. */
    public Optional<AskReport> of(Path root) {
        lock.lock();
        try {
            return Optional.ofNullable(questions.get(root));
        } finally {
            lock.unlock();
        }
    }

    private Optional<AskReport> first(long after) {
        return questions.values().stream().filter(question -> question.number() > after)
                .min(Comparator.comparingLong(AskReport::number));
    }
}
