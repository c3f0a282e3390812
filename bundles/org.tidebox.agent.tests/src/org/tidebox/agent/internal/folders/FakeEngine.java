package org.tidebox.agent.internal.folders;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.tidebox.remote.RemoteException;
import org.tidebox.rules.Decision;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.FolderStatus;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Pulse;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.folder.SyncListener;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.folder.WorkLeft;
import org.tidebox.sync.rules.FolderRules;
import org.tidebox.sync.rules.Held;
import org.tidebox.sync.rules.RulePreview;

/** An engine that does what the test tells it for each run, else comes to a rest at once. Writes down what it was asked for. */
public final class FakeEngine implements FolderEngine {
    static final SyncReport QUIET = new SyncReport(SyncTotals.NONE, true, false);
    static final SyncReport UNFINISHED = new SyncReport(SyncTotals.NONE, false, false);
    public static final SyncReport STOPPED = new SyncReport(SyncTotals.NONE, false, true);

    public final List<Run> runs = new CopyOnWriteArrayList<>();
    public final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    public final List<Held> held = new CopyOnWriteArrayList<>();
    public volatile FolderRules ruled;
    volatile boolean deletesIgnored;
    public volatile String ignored;
    public volatile FolderRules previewed;
    public volatile Duration retryIn;
    volatile List<Problem> failing = List.of();
    public volatile FolderStatus status = new FolderStatus(FolderState.IDLE, null, 0, 0, List.of(), SyncTotals.NONE, 0,
            0, List.of(), List.of());
    public volatile WorkLeft left = new WorkLeft(0, 0, 0);
    public volatile SyncListener listener;
    volatile Pulse pulse = new Pulse(Duration.ZERO, false);
    public volatile Question question;
    public volatile Question answered;
    volatile int sendings;
    volatile int failingSendings;
    volatile boolean retried;
    public volatile boolean closed;

    /** What a run was asked to look at. */
    public record Run(ScanScope scope, HeadNews news) {
    }

    /** What a run does. */
    @FunctionalInterface
    public interface Answer {
        SyncReport give() throws IOException, RemoteException, InterruptedException;
    }

    public static Answer unreachable() {
        return fails(RemoteException.Reason.UNREACHABLE);
    }

    static Answer fails(RemoteException.Reason reason) {
        return () -> {
            throw new RemoteException(reason, "the test says " + reason, null);
        };
    }

    @Override
    public SyncReport run(ScanScope scope, HeadNews news) throws IOException, RemoteException, InterruptedException {
        runs.add(new Run(scope, news));
        Answer answer = answers.poll();
        return answer == null ? QUIET : answer.give();
    }

    @Override
    public String groundSeen() {
        return "";
    }

    @Override
    public void sendWanted() throws RemoteException {
        sendings++;
        if (sendings <= failingSendings) {
            throw new RemoteException(RemoteException.Reason.UNREACHABLE, "the test says so", null);
        }
    }

    @Override
    public WorkLeft workLeft() {
        return left;
    }

    @Override
    public FolderStatus status() {
        return status;
    }

    @Override
    public List<Problem> failing() {
        return failing;
    }

    @Override
    public Pulse pulse() {
        return pulse;
    }

    @Override
    public Optional<Duration> retryIn() {
        return Optional.ofNullable(retryIn);
    }

    @Override
    public void retryNow() {
        retried = true;
    }

    @Override
    public Optional<Question> resume() {
        answered = question;
        return Optional.ofNullable(question);
    }

    @Override
    public void rules(FolderRules rules) {
        ruled = rules;
    }

    @Override
    public void deleteIgnored(boolean delete) {
        deletesIgnored = delete;
    }

    @Override
    public void ignore(IgnoreProvider provider, String defaults) {
        ignored = defaults;
    }

    @Override
    public List<Held> held() {
        return List.copyOf(held);
    }

    @Override
    public RulePreview preview(FolderRules other) {
        previewed = other;
        return new RulePreview(1, 2, 3, 4);
    }

    @Override
    public List<Held> choose(Predicate<Held> which, boolean transfer) {
        List<Held> chosen = held.stream().filter(one -> one.rule() != Decision.WAITS).filter(which).toList();
        held.removeAll(chosen);
        return chosen;
    }

    @Override
    public void close() {
        closed = true;
    }
}
