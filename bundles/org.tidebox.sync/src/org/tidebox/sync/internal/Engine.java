package org.tidebox.sync.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.internal.apply.Applier;
import org.tidebox.sync.internal.apply.Placement;
import org.tidebox.sync.internal.download.Downloader;
import org.tidebox.sync.internal.held.HeldBack;
import org.tidebox.sync.internal.mounts.MountQuestion;
import org.tidebox.sync.internal.plan.Plan;
import org.tidebox.sync.internal.pull.Puller;
import org.tidebox.sync.internal.pull.PushedContents;
import org.tidebox.sync.internal.pull.SentDeletions;
import org.tidebox.sync.internal.report.Reasons;
import org.tidebox.sync.internal.scan.Doubts;
import org.tidebox.sync.internal.scan.FreshStart;
import org.tidebox.sync.internal.scan.Scanner;
import org.tidebox.sync.internal.scan.Valve;
import org.tidebox.sync.internal.trees.Deletions;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.sync.internal.upload.Uploader;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.PushedChanges;

/** Detects, pulls, plans and applies, until nothing is left to do. One call at a time. */
public final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    /** More rounds than any chain of dependent steps needs; what is left then waits for the next run. */
    private static final int MOST_ROUNDS = 100;
    /** So long nothing more may be deleted before a person is asked about many deletions. */
    private static final Duration DELETION_PAUSE = Duration.ofSeconds(2);
    /** So often it is looked again at what is not as planned, without a step done between. */
    private static final int MOST_IDLE_ROUNDS = 6;

    private final Context context;
    private final PushedContents contents;
    private final TreeStore store;
    private final Placement placement;
    private final Puller puller;
    private final Applier applier;
    private final Downloader downloader;
    private final Uploader uploader;
    private final Valve valve;
    private final FreshStart freshStart;
    private final HeldBack heldBack;
    private final Doubts doubts;
    private boolean rootWasAway;
    private final SentDeletions sentDeletions;
    private Optional<Question> lastDeletions = Optional.empty();
    private volatile Question asked;

    /**
     * Prepares for a folder.
     *
     * @param contents the server as the context has it
     */
    public Engine(Context context, PushedContents contents, FolderId id) {
        this.context = context;
        this.contents = contents;
        this.store = context.trees().store();
        this.puller = new Puller(context.remote(), context.library(), context.trees(), context.problems());
        this.placement = new Placement(context);
        this.applier = new Applier(context, placement);
        this.downloader = new Downloader(context, placement);
        this.uploader = new Uploader(context, puller);
        this.valve = new Valve(context.root(), id, store, context.remote(), context.library());
        this.sentDeletions = new SentDeletions(context.clock());
        this.freshStart = new FreshStart(store);
        this.heldBack = new HeldBack(context);
        this.doubts = new Doubts(context);
    }

    /** How a run ended. */
    public enum End {
        /** Nothing is left but problems. */
        QUIET,
        /** Something is left. */
        UNFINISHED,
        /** A valve stopped it. */
        STOPPED
    }

    /**
     * Runs until quiet.
     *
     * @param news what the server told
     * @param answer what the user has looked at and wants to go on with, or {@code null}
     */
    public End run(ScanScope scope, HeadNews news, Question answer)
            throws IOException, TreeStoreException, RemoteException, InterruptedException {
        try {
            contents.hold(news);
            End end = guarded(scope, news, answer);
            if (end != End.STOPPED) {
                asked = null;
            }
            return end;
        } finally {
            doubts.ended();
            contents.clear();
            context.confined().release();
        }
    }

    /** Returns when to look again at entries that are too young to tell whether they changed; empty if there are none. */
    public Optional<Instant> doubtsDue() {
        return doubts.due();
    }

    /** Returns what the rules hold back. */
    public HeldBack heldBack() {
        return heldBack;
    }

    /** Returns what it stopped to ask in the last run; empty if that did not stop. */
    public Optional<Question> question() {
        return Optional.ofNullable(asked);
    }

    private End guarded(ScanScope scope, HeadNews news, Question answer)
            throws IOException, TreeStoreException, RemoteException, InterruptedException {
        try {
            return work(scope, news, answer);
        } catch (RemoteException e) {
            if (e.getReason() != RemoteException.Reason.SET_BACK) {
                throw e;
            }
            freshStart.isNeeded(e);
            isStopped(setBack(), null);
            return End.STOPPED;
        }
    }

    private End work(ScanScope scope, HeadNews news, Question answer)
            throws IOException, TreeStoreException, RemoteException, InterruptedException {
        context.trees().discard();
        context.rescan().clear();
        context.problems().blocked(Map.of());
        context.paths().forget();
        context.fileClocks().forget();
        if (isStopped(valve.root(answer), answer)) {
            rootWasAway = true;
            return End.STOPPED;
        }
        if (rootWasAway) {
            // Nobody watched what happened to it meanwhile.
            rootWasAway = false;
            return work(ScanScope.EVERYTHING, HeadNews.UNKNOWN, answer);
        }
        lookAtMounts(answer);
        context.extended().begin();
        Optional<Question> setBack = setBack();
        if (isStopped(setBack, answer)) {
            return End.STOPPED;
        }
        if (setBack.isPresent()) {
            scan(ScanScope.EVERYTHING);
            if (isStopped(MountQuestion.of(context), null)) {
                // What is not there, or is hidden, would be fetched anew into the folder.
                return End.STOPPED;
            }
            freshStart.begin();
            heldBack.forget();
            context.trees().quiet().forget();
            puller.forgetUnanswered();
            return work(ScanScope.EVERYTHING, HeadNews.UNKNOWN, answer);
        }
        boolean isFull = scope.equals(ScanScope.EVERYTHING);
        heldBack.begin(isFull);
        Instant began = context.clock().instant();
        scan(doubts.join(scope).and(ScanScope.subtrees(context.mounts().takeChanged())));
        // A disk that was unmounted during the scan looks emptied.
        if (isStopped(valve.root(answer), answer)) {
            rootWasAway = true;
            return End.STOPPED;
        }
        if (uploader.takeBehind() || news.head() == SyncFolder.UNKNOWN_HEAD) {
            pull(null);
        } else if (news.head() > store.cursor()) {
            pull(news.pushed());
        }
        Optional<Question> deletions = valve.deletions(sentDeletions.count());
        while (isGoingOn(deletions, answer)) {
            context.progress().state(FolderState.SCANNING, "much is being deleted; waiting until that has ended");
            context.stop().pause(DELETION_PAUSE);
            scan(ScanScope.EVERYTHING);
            if (isStopped(valve.root(answer), answer)) {
                rootWasAway = true;
                return End.STOPPED;
            }
            lastDeletions = deletions;
            deletions = valve.deletions(sentDeletions.count());
        }
        if (isStopped(deletions, answer)) {
            return End.STOPPED;
        }
        boolean isConfirmed = deletions.filter(question -> question.deletedHere() > 0).isPresent();
        uploader.confirmed(isConfirmed);
        long pulled = store.cursor();
        long missed = Deletions.here(store);
        End end = store.differences().isEmpty() && context.rescan().isEmpty() ? End.QUIET : rounds();
        sentDeletions.add(Math.min(missed, uploader.takeDeletions()));
        if (isConfirmed) {
            sentDeletions.forget();
        }
        if (store.differences().isEmpty()) {
            heldBack.nothingLeft();
            context.problems().clearFailures();
        }
        heldBack.forgetDoneChoices();
        if (end == End.QUIET) {
            heldBack.completed(isFull ? began : null, pulled);
        }
        return isStopped(MountQuestion.of(context), null) ? End.STOPPED : end;
    }

    /** All else of the folder goes on while a file system in it is missing. */
    private void lookAtMounts(Question answer) throws IOException, TreeStoreException {
        context.mounts().look();
        Optional<Question> question = MountQuestion.of(context);
        if (question.isPresent() && question.get().isAnsweredBy(answer)) {
            context.mounts().takeAsItIs();
        }
        for (Path top : context.mounts().unrecovered()) {
            try {
                placement.recover(top);
                context.mounts().recovered(top);
            } catch (IOException e) {
                if (top.equals(context.root())) {
                    throw e;
                }
                // It was unmounted a moment ago, or is broken; the next run tries again.
                LOG.warn("What an earlier run left in {} cannot be looked at: {}", top, Reasons.of(e));
            }
        }
    }

    /**
     * Returns whether to look once more before a person is asked: a program that deletes a large folder takes its time,
     * and one that replaces a folder deletes it first. One deletion is one question.
     */
    private boolean isGoingOn(Optional<Question> question, Question answer) {
        return question.isPresent() && question.get().deletedHere() > 0 && !question.get().isAnsweredBy(answer)
                && !question.equals(lastDeletions) && !question.get().equals(asked);
    }

    private Optional<Question> setBack() throws TreeStoreException {
        return freshStart.reason().map(Question::setBack);
    }

    private boolean isStopped(Optional<Question> question, Question answer) {
        if (question.isEmpty() || question.get().isAnsweredBy(answer)) {
            return false;
        }
        asked = question.get();
        context.progress().state(FolderState.STOPPED_BY_VALVE, asked.text());
        return true;
    }

    private void scan(ScanScope scope) throws IOException, TreeStoreException, InterruptedException {
        if (!scope.isEmpty()) {
            if (!scope.subtrees().isEmpty()) {
                context.progress().state(FolderState.SCANNING, "");
            }
            new Scanner(context).scan(scope);
        }
    }

    private void pull(PushedChanges pushed) throws RemoteException, TreeStoreException, InterruptedException {
        context.progress().head(puller.pull(context.stop(), pushed));
    }

    private End rounds() throws IOException, TreeStoreException, RemoteException, InterruptedException {
        context.progress().state(FolderState.SYNCING, "");
        int idle = 0;
        boolean isPlanned = false;
        for (int round = 0; idle < MOST_IDLE_ROUNDS && round < MOST_ROUNDS; round++) {
            boolean done = round();
            // What is in doubt now is not so after a tick, unless this goes on all the time.
            boolean progressed = !context.guard().takeRefusedInDoubt() && done;
            idle = progressed ? 0 : idle + 1;
            boolean looked = lookAgain(progressed);
            context.progress().pending(store.differences(), store.cursor());
            if (store.differences().isEmpty()) {
                return End.QUIET;
            }
            isPlanned = !progressed && !looked;
            if (isPlanned) {
                break;
            }
        }
        return reportBlocked(isPlanned) ? End.QUIET : End.UNFINISHED;
    }

    /** Looks at what turned out to be other than it was planned for. */
    private boolean lookAgain(boolean progressed)
            throws IOException, TreeStoreException, RemoteException, InterruptedException {
        boolean looked = false;
        if (!context.rescan().isEmpty()) {
            ScanScope again = context.rescan().take();
            if (!progressed) {
                doubts.pause();
            }
            scan(again);
            looked = true;
        }
        if (uploader.takeBehind()) {
            pull(null);
            looked = true;
        }
        return looked;
    }

    private boolean round() throws IOException, TreeStoreException, RemoteException, InterruptedException {
        boolean progressed = false;
        NodeId after = null;
        while (true) {
            List<NodeId> dirty = heldBack.next(after);
            if (dirty.isEmpty()) {
                return progressed;
            }
            context.stop().check();
            after = dirty.getLast();
            Plan plan = heldBack.plan(dirty);
            context.trees().discard();
            context.progress().pending(store.differences(), store.cursor());
            context.progress().planned(plan.bytesDown());
            progressed |= applier.apply(plan.local());
            progressed |= downloader.download(plan.local());
            progressed |= uploader.upload(plan.uploads());
        }
    }

    /**
     * Returns whether all that is left are problems, or held. What waits for a problem is one itself.
     *
     * @param isPlanned whether all that has to be was planned, and nothing was done since
     */
    private boolean reportBlocked(boolean isPlanned) throws TreeStoreException {
        List<NodeId> left = withoutAway(heldBack.withoutHeld(isPlanned));
        boolean hasProblem = left.stream().anyMatch(id -> context.problems().hasFailed(id));
        if (!hasProblem && heldBack.isHolding()) {
            // What is left waits for something that is held.
            heldBack.leaveWaiting();
            context.problems().blocked(Map.of());
            return true;
        }
        Map<NodeId, Problem> blocked = new HashMap<>();
        for (NodeId id : left) {
            if (!context.problems().hasFailed(id)) {
                blocked.put(id, new Problem(display(context.trees().triple(id)),
                        hasProblem
                                ? new Obstacle.WaitsForEntry()
                                : context.mounts().isAnyAway()
                                        ? new Obstacle.WaitsForFileSystem()
                                        : new Obstacle.NotSettled(),
                        !hasProblem));
            }
        }
        context.problems().blocked(blocked);
        context.trees().discard();
        return hasProblem || left.isEmpty() || context.mounts().isAnyAway();
    }

    private List<NodeId> withoutAway(List<NodeId> nodes) throws TreeStoreException {
        List<NodeId> there = new ArrayList<>();
        for (NodeId id : nodes) {
            if (!context.mounts().isAway(id)) {
                there.add(id);
            }
        }
        return there;
    }

    private String display(Triple triple) throws TreeStoreException {
        boolean placed = triple.isHere() && context.paths().isHere(triple.local().parent());
        return placed
                ? context.paths().display(context.paths().of(triple.local()))
                : triple.isHere()
                        ? triple.local().name()
                        : triple.remote() != null ? triple.remote().name() : triple.id().toHex();
    }
}
