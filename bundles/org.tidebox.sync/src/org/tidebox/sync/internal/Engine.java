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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.FolderMessage;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.internal.apply.Applier;
import org.tidebox.sync.internal.apply.Placement;
import org.tidebox.sync.internal.content.FileReader;
import org.tidebox.sync.internal.content.FolderRemote;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.download.Downloader;
import org.tidebox.sync.internal.held.HeldBack;
import org.tidebox.sync.internal.held.Outcome;
import org.tidebox.sync.internal.held.Round;
import org.tidebox.sync.internal.held.Survey;
import org.tidebox.sync.internal.mounts.MountQuestion;
import org.tidebox.sync.internal.mounts.Mounts;
import org.tidebox.sync.internal.plan.Plan;
import org.tidebox.sync.internal.pull.Puller;
import org.tidebox.sync.internal.pull.PushedContents;
import org.tidebox.sync.internal.pull.SentDeletions;
import org.tidebox.sync.internal.report.Reasons;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.scan.Doubts;
import org.tidebox.sync.internal.scan.Ignored;
import org.tidebox.sync.internal.scan.ScanMemory;
import org.tidebox.sync.internal.scan.Scanner;
import org.tidebox.sync.internal.scan.StayingFolders;
import org.tidebox.sync.internal.scan.Valve;
import org.tidebox.sync.internal.trees.Deletions;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.sync.internal.upload.Resender;
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

    private final FolderDisk here;
    private final Mounts mounts;
    private final FolderTrees known;
    private final Work work;
    private final ScanMemory memory;
    private final Resender resender;
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

    /** Prepares for a folder. */
    public Engine(FolderId id, FolderDisk here, Mounts mounts, FolderTrees known, FolderRemote remote,
            Work work) {
        this.here = here;
        this.mounts = mounts;
        this.known = known;
        this.work = work;
        this.store = known.trees().store();
        this.contents = new PushedContents(remote.remote(), work.progress());
        FolderRemote server = new FolderRemote(contents, remote.library(), remote.device(), remote.chunkers(),
                remote.leaves());
        FileReader reader = new FileReader(here, server, work);
        this.memory = ScanMemory.of(here, known, work.clock());
        this.puller = new Puller(contents, server.library(), known.trees(), work.problems());
        this.placement = new Placement(here, known, work, remote.device());
        this.applier = new Applier(here, known, work, placement, memory.staying(), reader);
        this.downloader = new Downloader(here, known, server, work, placement);
        this.uploader = new Uploader(known, server, work, reader, puller);
        this.resender = new Resender(known, server, work, reader);
        this.valve = new Valve(here.root(), id, store, contents, server.library());
        this.sentDeletions = new SentDeletions(work.clock());
        this.freshStart = new FreshStart(store);
        this.heldBack = new HeldBack(known, mounts, work);
        this.doubts = new Doubts(here, known, work);
    }

    /** Sends again what the server has lost of files that are here, when it asks for that. */
    public void sendWanted() throws RemoteException, TreeStoreException, InterruptedException {
        resender.run();
    }

    /** Returns what is ignored. */
    public Ignored ignored() {
        return memory.ignored();
    }

    /** Returns the folders that stay on this device alone. */
    public StayingFolders staying() {
        return memory.staying();
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
            here.confined().release();
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
        // Nobody watched what happened to a root while it was away.
        boolean isUnwatched = rootWasAway;
        if (!open(answer)) {
            return End.STOPPED;
        }
        Optional<Question> setBack = setBack();
        if (isStopped(setBack, answer)) {
            return End.STOPPED;
        }
        boolean isAfresh = setBack.isPresent();
        if (isAfresh && !(beginAfresh() && open(answer))) {
            return End.STOPPED;
        }
        return isUnwatched || isAfresh
                ? sync(ScanScope.EVERYTHING, HeadNews.UNKNOWN, answer)
                : sync(scope, news, answer);
    }

    /** Looks at the root and what is mounted in it, and forgets what was true before; returns whether to go on. */
    private boolean open(Question answer) throws IOException, TreeStoreException {
        known.trees().discard();
        known.rescan().clear();
        work.problems().blocked(Map.of());
        known.paths().forget();
        here.fileClocks().forget();
        if (isRootStopped(answer)) {
            return false;
        }
        rootWasAway = false;
        lookAtMounts(answer);
        here.extended().begin();
        return true;
    }

    private boolean isRootStopped(Question answer) throws IOException, TreeStoreException {
        boolean stopped = isStopped(valve.root(answer), answer);
        rootWasAway |= stopped;
        return stopped;
    }

    /** Begins as a folder that just joined; returns whether to go on. */
    private boolean beginAfresh() throws IOException, TreeStoreException, InterruptedException {
        scan(ScanScope.EVERYTHING);
        if (isStopped(MountQuestion.of(mounts, known.paths()), null)) {
            // What is not there, or is hidden, would be fetched anew into the folder.
            return false;
        }
        freshStart.begin();
        heldBack.forget();
        known.trees().quiet().forget();
        puller.forgetUnanswered();
        return true;
    }

    private End sync(ScanScope scope, HeadNews news, Question answer)
            throws IOException, TreeStoreException, RemoteException, InterruptedException {
        boolean isFull = scope.equals(ScanScope.EVERYTHING);
        heldBack.begin(isFull);
        Instant began = work.clock().instant();
        scan(doubts.join(scope).and(ScanScope.subtrees(mounts.takeChanged())));
        // A disk that was unmounted during the scan looks emptied.
        if (isRootStopped(answer)) {
            return End.STOPPED;
        }
        pull(news);
        Optional<Question> deletions = deletions(answer);
        if (isStopped(deletions, answer)) {
            return End.STOPPED;
        }
        long pulled = store.cursor();
        Outcome outcome = apply(deletions.filter(question -> question.deletedHere() > 0).isPresent());
        if (store.differences().isEmpty()) {
            work.problems().clearFailures();
        }
        heldBack.record(outcome, isFull ? began : null, pulled);
        if (isStopped(MountQuestion.of(mounts, known.paths()), null)) {
            return End.STOPPED;
        }
        return outcome.isQuiet() ? End.QUIET : End.UNFINISHED;
    }

    private void pull(HeadNews news) throws RemoteException, TreeStoreException, InterruptedException {
        if (uploader.takeBehind() || news.head() == HeadNews.UNKNOWN_HEAD) {
            pullAll(null);
        } else if (news.head() > store.cursor()) {
            pullAll(news.pushed());
        }
    }

    /** Returns what to ask before going on: about deletions, once these have ended, or about a root that went meanwhile. */
    private Optional<Question> deletions(Question answer)
            throws IOException, TreeStoreException, RemoteException, InterruptedException {
        Optional<Question> deletions = valve.deletions(sentDeletions.count());
        while (isGoingOn(deletions, answer)) {
            work.progress().state(FolderState.SCANNING, new FolderMessage.MuchIsDeleted());
            work.stop().pause(DELETION_PAUSE);
            scan(ScanScope.EVERYTHING);
            Optional<Question> root = valve.root(answer);
            if (root.isPresent() && !root.get().isAnsweredBy(answer)) {
                rootWasAway = true;
                return root;
            }
            lastDeletions = deletions;
            deletions = valve.deletions(sentDeletions.count());
        }
        return deletions;
    }

    /**
     * Makes both sides the same.
     *
     * @param isConfirmed whether a person has confirmed the deletions that are sent
     */
    private Outcome apply(boolean isConfirmed)
            throws IOException, TreeStoreException, RemoteException, InterruptedException {
        uploader.confirmed(isConfirmed);
        long missed = Deletions.here(store);
        Outcome outcome = store.differences().isEmpty() && known.rescan().isEmpty() ? Outcome.DONE : rounds();
        sentDeletions.add(Math.min(missed, uploader.takeDeletions()));
        if (isConfirmed) {
            sentDeletions.forget();
        }
        return outcome;
    }

    /** All else of the folder goes on while a file system in it is missing. */
    private void lookAtMounts(Question answer) throws IOException, TreeStoreException {
        mounts.look();
        Optional<Question> question = MountQuestion.of(mounts, known.paths());
        if (question.isPresent() && question.get().isAnsweredBy(answer)) {
            mounts.takeAsItIs();
        }
        for (Path top : mounts.unrecovered()) {
            try {
                placement.recover(top);
                mounts.recovered(top);
            } catch (IOException e) {
                if (top.equals(here.root())) {
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
        return freshStart.reason().map(Question.SetBack::new);
    }

    private boolean isStopped(Optional<Question> question, Question answer) {
        if (question.isEmpty() || question.get().isAnsweredBy(answer)) {
            return false;
        }
        asked = question.get();
        work.progress().state(FolderState.STOPPED_BY_VALVE, asked);
        return true;
    }

    private void scan(ScanScope scope) throws IOException, TreeStoreException, InterruptedException {
        if (!scope.isEmpty()) {
            if (!scope.subtrees().isEmpty()) {
                work.progress().state(FolderState.SCANNING, null);
            }
            new Scanner(here, known, mounts, memory, work).scan(scope);
        }
    }

    private void pullAll(PushedChanges pushed) throws RemoteException, TreeStoreException, InterruptedException {
        work.progress().head(puller.pull(work.stop(), pushed));
    }

    private Outcome rounds() throws IOException, TreeStoreException, RemoteException, InterruptedException {
        work.progress().state(FolderState.SYNCING, null);
        int idle = 0;
        for (int count = 0; idle < MOST_IDLE_ROUNDS && count < MOST_ROUNDS; count++) {
            Round round = heldBack.round();
            boolean done = carryOut(round);
            // What is in doubt now is not so after a tick, unless this goes on all the time.
            boolean progressed = !here.guard().takeRefusedInDoubt() && done;
            idle = progressed ? 0 : idle + 1;
            boolean looked = lookAgain(progressed);
            work.progress().pending(store.differences(), store.cursor());
            if (store.differences().isEmpty()) {
                return Outcome.DONE;
            }
            if (!progressed && !looked) {
                return report(round.survey());
            }
        }
        return report(heldBack.round().survey());
    }

    /** Looks at what turned out to be other than it was planned for. */
    private boolean lookAgain(boolean progressed)
            throws IOException, TreeStoreException, RemoteException, InterruptedException {
        boolean looked = false;
        if (!known.rescan().isEmpty()) {
            ScanScope again = known.rescan().take();
            if (!progressed) {
                doubts.pause();
            }
            scan(again);
            looked = true;
        }
        if (uploader.takeBehind()) {
            pullAll(null);
            looked = true;
        }
        return looked;
    }

    /** Returns whether at least one step was done. */
    private boolean carryOut(Round round)
            throws IOException, TreeStoreException, RemoteException, InterruptedException {
        boolean progressed = false;
        for (Optional<Plan> next = round.next(); next.isPresent(); next = round.next()) {
            work.stop().check();
            Plan plan = next.get();
            work.progress().pending(store.differences(), store.cursor());
            work.progress().planned(plan.bytesDown());
            progressed |= applier.apply(plan.local());
            progressed |= downloader.download(plan.local());
            progressed |= uploader.upload(plan.uploads());
        }
        return progressed;
    }

    /** Tells why what is left is left: as problems, or held. What waits for a problem is one itself. */
    private Outcome report(Survey survey) throws TreeStoreException {
        List<NodeId> left = withoutAway(survey.left());
        boolean hasProblem = left.stream().anyMatch(id -> work.problems().hasFailed(id));
        if (!hasProblem && survey.holding()) {
            work.problems().blocked(Map.of());
            return new Outcome(true, !survey.left().isEmpty());
        }
        Map<NodeId, Problem> blocked = new HashMap<>();
        for (NodeId id : left) {
            if (!work.problems().hasFailed(id)) {
                blocked.put(id, new Problem(display(known.trees().triple(id)),
                        hasProblem
                                ? new Obstacle.WaitsForEntry()
                                : mounts.isAnyAway()
                                        ? new Obstacle.WaitsForFileSystem()
                                        : new Obstacle.NotSettled(),
                        !hasProblem));
            }
        }
        work.problems().blocked(blocked);
        known.trees().discard();
        return new Outcome(hasProblem || left.isEmpty() || mounts.isAnyAway(), false);
    }

    private List<NodeId> withoutAway(List<NodeId> nodes) throws TreeStoreException {
        List<NodeId> there = new ArrayList<>();
        for (NodeId id : nodes) {
            if (!mounts.isAway(id)) {
                there.add(id);
            }
        }
        return there;
    }

    private String display(Triple triple) throws TreeStoreException {
        boolean placed = triple.isHere() && known.paths().isHere(triple.local().parent());
        return placed
                ? known.paths().display(known.paths().of(triple.local()))
                : triple.isHere()
                        ? triple.local().name()
                        : triple.remote() != null ? triple.remote().name() : triple.id().toHex();
    }
}
