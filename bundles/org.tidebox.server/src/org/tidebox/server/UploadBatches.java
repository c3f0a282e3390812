package org.tidebox.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.tidebox.storage.StorageException;
import org.tidebox.wire.Limits;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * The chunks of one upload on their way to the stores: while a batch is being stored, the next one fills. A batch goes
 * when it is full and the one before is stored, or early when others wait for the room that it takes. Thread-safe.
 */
final class UploadBatches implements IngestRoom.Holder {
    private final IngestRoom room;
    private final BatchStore store;
    private final Executor storers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rested = lock.newCondition();
    private List<Future<ReceivedChunk>> filling = new ArrayList<>();
    private int fillingBytes;
    private boolean storing;
    private int stored;
    private Exception failure;

    UploadBatches(IngestRoom room, BatchStore store, Executor storers) {
        this.room = room;
        this.store = store;
        this.storers = storers;
    }

    /** Takes a chunk that is being verified and for which there is room. */
    void add(Future<ReceivedChunk> chunk, int bytes) throws ProblemException, StorageException {
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
            int bytes = fillingBytes;
            storers.execute(() -> run(batch, bytes));
            storing = true;
            filling = new ArrayList<>();
            fillingBytes = 0;
        }
    }

    private void drop() {
        filling.forEach(verified -> verified.cancel(false));
        filling.clear();
        room.giveBack(fillingBytes);
        fillingBytes = 0;
    }

    private void run(List<Future<ReceivedChunk>> batch, int bytes) {
        int fresh = 0;
        // What stays if this thread ends by an error of the machine, such as no memory.
        Exception problem = new IllegalStateException("storing a batch ended abruptly; see the log");
        try {
            fresh = store(batch);
            problem = null;
        } catch (ProblemException | StorageException | RuntimeException e) {
            problem = e;
        } finally {
            room.giveBack(bytes);
            rest(fresh, problem);
        }
    }

    private void rest(int fresh, Exception problem) {
        lock.lock();
        try {
            storing = false;
            stored += fresh;
            failure = problem;
            if (room.isScarce()) {
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
            chunks.add(await(verified));
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
            throw stopping();
        }
        if (failure != null) {
            throw problemOf(failure);
        }
    }

    private static ReceivedChunk await(Future<ReceivedChunk> verified) throws ProblemException, StorageException {
        try {
            return verified.get();
        } catch (InterruptedException e) {
            throw stopping();
        } catch (ExecutionException e) {
            throw problemOf(e.getCause());
        }
    }

    private static ProblemException stopping() {
        Thread.currentThread().interrupt();
        return new ProblemException(ProblemType.UNAVAILABLE, "The server is stopping; try again later");
    }

    private static ProblemException problemOf(Throwable failure) throws StorageException {
        switch (failure) {
            case ProblemException problem -> {
                return problem;
            }
            case StorageException broken -> throw broken;
            case RuntimeException broken -> throw broken;
            default -> throw new IllegalStateException(failure);
        }
    }
}
