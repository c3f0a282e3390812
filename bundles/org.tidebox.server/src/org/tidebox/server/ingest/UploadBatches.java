package org.tidebox.server.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.tidebox.server.limits.Budget;
import org.tidebox.server.limits.Budget.Payer;
import org.tidebox.server.limits.FairTasks;
import org.tidebox.storage.StorageException;
import org.tidebox.wire.Limits;
import org.tidebox.wire.ProblemException;

/**
 * The chunks of one upload on their way to the stores: while a batch is being stored, the next one fills. A batch goes
 * when it is full and the one before is stored, or early when others wait for the room that it takes. Thread-safe.
 */
final class UploadBatches implements Budget.Holder {
    private final Budget budget;
    private final Payer payer;
    private final BatchStore store;
    private final Executor storers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rested = lock.newCondition();
    private List<Future<ReceivedChunk>> filling = new ArrayList<>();
    private long fillingBytes;
    private boolean storing;
    private int stored;
    private Exception failure;

    UploadBatches(Budget budget, Payer payer, BatchStore store, Executor storers) {
        this.budget = budget;
        this.payer = payer;
        this.store = store;
        this.storers = storers;
    }

    /** Takes a chunk that is being verified and for which there is room. */
    void add(Future<ReceivedChunk> chunk, long bytes) throws ProblemException, StorageException {
        lock.lock();
        try {
            filling.add(chunk);
            fillingBytes += bytes;
            if (failure != null || fillingBytes >= Limits.BATCH_BYTES) {
                awaitRest();
                begin();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns, when all is durable, how many chunks were new. */
    int finish() throws ProblemException, StorageException {
        lock.lock();
        try {
            awaitRest();
            begin();
            awaitRest();
            return stored;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Payer payer() {
        return payer;
    }

    @Override
    public void letGo() {
        lock.lock();
        try {
            begin();
        } finally {
            lock.unlock();
        }
    }

    /** Leaves nothing running and no room taken behind. */
    void settle() {
        lock.lock();
        try {
            drop();
            while (storing) {
                rested.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        if (failure != null) {
            drop();
        } else if (!storing && !filling.isEmpty()) {
            List<Future<ReceivedChunk>> batch = filling;
            long bytes = fillingBytes;
            storers.execute(() -> run(batch, bytes));
            storing = true;
            filling = new ArrayList<>();
            fillingBytes = 0;
        }
    }

    private void drop() {
        filling.forEach(verified -> verified.cancel(false));
        filling.clear();
        budget.giveBack(payer, fillingBytes);
        fillingBytes = 0;
    }

    private void run(List<Future<ReceivedChunk>> batch, long bytes) {
        int fresh = 0;
        // What stays if this thread ends by an error of the machine, such as no memory.
        Exception problem = new IllegalStateException("storing a batch ended abruptly; see the log");
        try {
            fresh = store(batch);
            problem = null;
        } catch (ProblemException | StorageException | RuntimeException e) {
            problem = e;
        } finally {
            budget.giveBack(payer, bytes);
            rest(fresh, problem);
        }
    }

    private void rest(int fresh, Exception problem) {
        lock.lock();
        try {
            storing = false;
            stored += fresh;
            failure = problem;
            if (budget.isScarce(payer)) {
                begin();
            }
            rested.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int store(List<Future<ReceivedChunk>> batch) throws ProblemException, StorageException {
        List<ReceivedChunk> chunks = new ArrayList<>(batch.size());
        for (Future<ReceivedChunk> verified : batch) {
            chunks.add(FairTasks.await(verified));
        }
        return store.store(chunks);
    }

    /** Waits until nothing is being stored, and tells what went wrong. */
    private void awaitRest() throws ProblemException, StorageException {
        try {
            while (storing) {
                rested.await();
            }
        } catch (InterruptedException e) {
            throw FairTasks.stopping();
        }
        if (failure != null) {
            throw FairTasks.problemOf(failure);
        }
    }
}
