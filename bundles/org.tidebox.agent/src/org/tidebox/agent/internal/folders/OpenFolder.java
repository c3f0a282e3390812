package org.tidebox.agent.internal.folders;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentProblem;
import org.tidebox.agent.FolderReport;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.sync.device.FolderDefinition;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Question;

/** A sync folder of this device, resting or at work. Thread-safe. */
public final class OpenFolder {
    private final Path root;
    private final TreeStore trees;
    private final Workshop workshop;
    private final EntryCount entries;
    private FolderDefinition definition;
    private Work work;

    OpenFolder(FolderDefinition definition, Path root, TreeStore trees, Workshop workshop) {
        this.definition = definition;
        this.root = root;
        this.trees = trees;
        this.workshop = workshop;
        this.entries = new EntryCount(trees);
    }

    /** Makes what a folder at work consists of. */
    @FunctionalInterface
    public interface Workshop {
        /** Makes and starts it. */
        Work open(FolderDefinition definition, Path root, TreeStore trees);
    }

    /**
     * A folder at work.
     *
     * @param engine does it
     * @param agenda tells it what to do
     * @param watch sees what changes
     * @param runner runs it
     */
    public record Work(FolderEngine engine, Agenda agenda, FolderWatch watch, FolderRunner runner) {
        void close() {
            watch.close();
            runner.close();
        }
    }

    public Path root() {
        return root;
    }

    public TreeStore trees() {
        return trees;
    }

    public synchronized FolderDefinition definition() {
        return definition;
    }

    synchronized void define(FolderDefinition changed) {
        definition = changed;
    }

    /** Sets it to work, unless it rests on the user's wish or works already. */
    synchronized void start() {
        if (work == null && !definition.paused()) {
            work = workshop.open(definition, root, trees);
        }
    }

    /** Lets it rest. */
    void stop() {
        Work ending;
        synchronized (this) {
            ending = work;
            work = null;
        }
        if (ending != null) {
            ending.close();
        }
    }

    /** The server is there again, or somebody has logged in: news may have been missed, and trying again makes sense. */
    public void ask() {
        atWork().ifPresent(current -> current.agenda().ask());
    }

    /** The server told of a new head of the library. */
    public void moved(HeadNews news) {
        atWork().ifPresent(current -> current.agenda().moved(news));
    }

    /** The server asks for what it has lost. */
    public void wanted() {
        atWork().ifPresent(current -> current.agenda().wanted());
    }

    /** The person says yes to what it asks; returns what that was, if it asks. */
    Optional<Question> answer() {
        Optional<Question> question = atWork().flatMap(current -> current.engine().resume());
        atWork().ifPresent(current -> current.agenda().everything());
        return question;
    }

    /** Returns the engine if it is at work now. */
    public Optional<FolderEngine> engine() {
        return atWork().map(Work::engine);
    }

    /** Something was decided that lets what is known be planned anew. */
    public void planAnew() {
        atWork().ifPresent(current -> current.agenda().ask());
    }

    /** Returns what tells a person that it would have to be at work. */
    public AgentException resting() {
        return new AgentException(new AgentProblem.FolderRests(root.toString()));
    }

    /** Other things are ignored now than before. */
    public void ignoreAnew(IgnoreProvider provider, String defaults) {
        atWork().ifPresent(current -> {
            current.engine().ignore(provider, defaults);
            current.agenda().everything();
        });
    }

    /** Looks whether its work gets on. */
    void guard() {
        atWork().ifPresent(current -> current.runner().guard());
    }

    /** What is ignored goes with its folder from now on, or stays. */
    void deleteIgnored(boolean delete) {
        engine().ifPresent(engine -> engine.deleteIgnored(delete));
    }

    /** Returns whether it is at work now. */
    boolean isAtWork() {
        return atWork().isPresent();
    }

    /** Returns a promise as {@link FolderRunner#synced()} makes it; kept already for a folder that rests. */
    public CompletableFuture<Boolean> synced() {
        return atWork().map(current -> current.runner().synced())
                .orElseGet(() -> CompletableFuture.completedFuture(true));
    }

    /** Returns a promise as {@link FolderRunner#rested} makes it; kept already for a folder that rests. */
    CompletableFuture<Boolean> rested(Collection<Path> places) {
        return atWork().map(current -> current.runner().rested(places))
                .orElseGet(() -> CompletableFuture.completedFuture(true));
    }

    /** Returns a promise as {@link FolderRunner#nextRest} makes it; kept already for a folder that rests. */
    CompletableFuture<Boolean> nextRest() {
        return atWork().map(current -> current.runner().nextRest())
                .orElseGet(() -> CompletableFuture.completedFuture(true));
    }

    public FolderReport report() throws AgentException {
        try {
            Optional<Work> current = atWork();
            FolderReports reports = new FolderReports(definition(), root, trees, entries);
            return current.isPresent() ? reports.atWork(current.get()) : reports.resting();
        } catch (TreeStoreException e) {
            throw new AgentException("The state of " + root + " cannot be read: " + e.getMessage(), e.isPermanent(), e);
        }
    }

    /** Returns what a look at it costs little to tell. */
    public FolderLook look() throws AgentException {
        try {
            Optional<Work> current = atWork();
            FolderReports reports = new FolderReports(definition(), root, trees, entries);
            return current.isPresent() ? reports.lookAtWork(current.get()) : reports.lookAtRest();
        } catch (TreeStoreException e) {
            throw new AgentException("The state of " + root + " cannot be read: " + e.getMessage(), e.isPermanent(), e);
        }
    }

    private synchronized Optional<Work> atWork() {
        return Optional.ofNullable(work);
    }
}
