package org.tidebox.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs tasks on a few threads. Those who have tasks take turns, one task each, so that somebody with one task does not
 * wait for somebody with thousands. Thread-safe.
 */
public final class FairTasks implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    /** Those who have tasks that wait, in the order of their turns. */
    private final Queue<Owner> turns = new ArrayDeque<>();
    private final ExecutorService threads;

    /** Uses so many threads. */
    public FairTasks(int count, ThreadFactory factory) {
        this.threads = Executors.newFixedThreadPool(count, factory);
    }

    /** Somebody with tasks. */
    public final class Owner {
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        private Owner() {
            // Made by who runs its tasks.
        }

        /** Runs a task after the earlier ones of the same owner have begun. */
        public <T> Future<T> submit(Callable<T> task) {
            FutureTask<T> future = new FutureTask<>(task);
            lock.lock();
            try {
                if (tasks.isEmpty()) {
                    turns.add(this);
                }
                tasks.add(future);
            } finally {
                lock.unlock();
            }
            threads.execute(() -> next().run());
            return future;
        }
    }

    /** Returns somebody new. */
    public Owner owner() {
        return new Owner();
    }

    /** Lets the tasks end that were submitted. */
    @Override
    public void close() {
        threads.shutdown();
    }

    /** There is one for each call. */
    private Runnable next() {
        lock.lock();
        try {
            Owner owner = turns.remove();
            Runnable task = owner.tasks.remove();
            if (!owner.tasks.isEmpty()) {
                turns.add(owner);
            }
            return task;
        } finally {
            lock.unlock();
        }
    }
}
