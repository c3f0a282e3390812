package org.tidebox.server.limits;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import org.tidebox.storage.StorageException;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * Runs tasks on a few threads. Accounts that have tasks take turns, one task each, and so do the requests of one
 * account: somebody with one task does not wait for somebody with thousands. Thread-safe.
 */
public final class FairTasks implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    /** Of those accounts whose tasks wait, the requests that have some, in the order of their turns. */
    private final SequencedMap<Long, Queue<Owner>> turns = new LinkedHashMap<>();
    private final ExecutorService threads;

    /** Uses so many threads. */
    public FairTasks(int count, ThreadFactory factory) {
        this.threads = Executors.newFixedThreadPool(count, factory);
    }

    /** A request with tasks. */
    public final class Owner {
        private final long account;
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        private Owner(long account) {
            this.account = account;
        }

        /** Runs a task after the earlier ones of the same owner have begun. */
        public <T> Future<T> submit(Callable<T> task) {
            FutureTask<T> future = new FutureTask<>(task);
            lock.lock();
            try {
                if (tasks.isEmpty()) {
                    turns.computeIfAbsent(account, key -> new ArrayDeque<>()).add(this);
                }
                tasks.add(future);
            } finally {
                lock.unlock();
            }
            threads.execute(() -> next().run());
            return future;
        }

        /** Runs a task and waits for it. */
        public <T> T run(Callable<T> task) throws ProblemException, StorageException {
            return await(submit(task));
        }
    }

    /** Returns who has the tasks of one request. */
    public Owner owner(long account) {
        return new Owner(account);
    }

    /** Waits for what a task gives, or throws what it threw. */
    public static <T> T await(Future<T> task) throws ProblemException, StorageException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw stopping();
        } catch (ExecutionException e) {
            throw problemOf(e.getCause());
        }
    }

    /** Returns what to throw when a wait was interrupted. */
    public static ProblemException stopping() {
        Thread.currentThread().interrupt();
        return new ProblemException(ProblemType.UNAVAILABLE, "The server is stopping; try again later");
    }

    /** Returns what is to be thrown for a failure, or throws it. */
    public static ProblemException problemOf(Throwable failure) throws StorageException {
        switch (failure) {
            case ProblemException problem -> {
                return problem;
            }
            case StorageException broken -> throw broken;
            case RuntimeException broken -> throw broken;
            default -> throw new IllegalStateException(failure);
        }
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
            Map.Entry<Long, Queue<Owner>> account = turns.pollFirstEntry();
            Queue<Owner> owners = account.getValue();
            Owner owner = owners.remove();
            Runnable task = owner.tasks.remove();
            if (!owner.tasks.isEmpty()) {
                owners.add(owner);
            }
            if (!owners.isEmpty()) {
                turns.putLast(account.getKey(), owners);
            }
            return task;
        } finally {
            lock.unlock();
        }
    }
}
