package org.tidebox.sync.tests;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.remote.Remote;
import org.tidebox.remote.Remote.ChunkStream;
import org.tidebox.remote.Remote.Outgoing;
import org.tidebox.remote.Remote.Whole;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteException.Reason;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * Watches uploads on their way to a server: how many there are at once, and whether anything comes before the end of
 * what it names. Fails, or holds back, one of them on demand.
 */
public final class WatchedRemote {
    private static final long PATIENCE_SECONDS = 60;

    private final Remote target;
    private final ChunkCodec codec = new ChunkCodec();
    private final Set<ChunkId> stored = new HashSet<>();
    private final List<String> faults = new ArrayList<>();
    private final CountDownLatch another = new CountDownLatch(2);
    private boolean holds;
    private int failing = -1;
    private int begun;
    private int atOnce;
    private int mostAtOnce;

    public WatchedRemote(Remote target) {
        this.target = target;
    }

    /** Returns what devices talk to. */
    public Remote remote() {
        return (Remote) Proxy.newProxyInstance(WatchedRemote.class.getClassLoader(), new Class<?>[]{Remote.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("upload")) {
                        return upload((LibraryId) arguments[0], (ChunkStream) arguments[1], (Commit) arguments[2]);
                    }
                    try {
                        Object answer = method.invoke(target, arguments);
                        if (method.getName().equals("missing")) {
                            learn((Collection<?>) arguments[1], (Collection<?>) answer);
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The first upload is not answered before another one has begun. */
    public void holdFirstUntilAnotherCame() {
        holds = true;
    }

    /** The n-th upload (0: the first) breaks after its first chunk. */
    public void failUpload(int n) {
        failing = n;
    }

    public synchronized int mostAtOnce() {
        return mostAtOnce;
    }

    /** Returns what came too early. */
    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    private CommitResult upload(LibraryId library, ChunkStream chunks, Commit commit) throws RemoteException {
        int number = begin();
        try {
            Set<ChunkId> own = new HashSet<>();
            CommitResult result = target.upload(library, () -> {
                Outgoing next = chunks.next();
                if (number == failing && !own.isEmpty()) {
                    throw new RemoteException(Reason.UNREACHABLE, "upload " + number + " broke", null);
                }
                look(next, own);
                return next;
            }, commit);
            look(commit, result);
            hold(number);
            synchronized (this) {
                stored.addAll(own);
            }
            return result;
        } finally {
            end();
        }
    }

    /** What the device was told to be there it need not send. */
    private synchronized void learn(Collection<?> asked, Collection<?> missing) {
        asked.stream().filter(id -> !missing.contains(id)).forEach(id -> stored.add((ChunkId) id));
    }

    private synchronized int begin() {
        another.countDown();
        atOnce++;
        mostAtOnce = Math.max(mostAtOnce, atOnce);
        return begun++;
    }

    private synchronized void end() {
        atOnce--;
    }

    private void hold(int number) throws RemoteException {
        try {
            if (holds && number == 0 && !another.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new RemoteException(Reason.UNREACHABLE, "no other upload came meanwhile", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look(Outgoing next, Set<ChunkId> own) {
        if (next instanceof Whole whole) {
            try {
                if (whole.level() > 0) {
                    expect(Recipe.decodeEntries(codec.decode(whole.chunk())), own);
                }
            } catch (CorruptChunkException e) {
                faults.add(e.getMessage());
            }
            own.add(whole.chunk().id());
        }
    }

    private synchronized void look(Commit commit, CommitResult result) {
        if (commit != null && !result.outcomes().stream().allMatch(CommitResult.Outcome::isAccepted)) {
            faults.add("a commit was refused: " + result);
        }
    }

    private void expect(List<RecipeEntry> entries, Set<ChunkId> own) {
        for (RecipeEntry entry : entries) {
            if (!stored.contains(entry.id()) && !own.contains(entry.id())) {
                faults.add("a list came before " + entry.id());
            }
        }
    }
}
