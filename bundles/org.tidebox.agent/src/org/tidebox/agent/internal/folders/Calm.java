package org.tidebox.agent.internal.folders;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentProblem;
import org.tidebox.agent.FolderActivity;
import org.tidebox.agent.FolderReport;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerConnection;
import org.tidebox.sync.folder.FolderMessage;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.Problem;

/** Lets folders come to rest around what changes them on the server. */
public final class Calm {
    /** Edits that are still on their way after this become conflict copies, as ever: nothing is lost by going on. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private Calm() {
    }

    /**
     * Lets what was edited here at some places be uploaded, whatever else the folder cannot do; a folder that rests or asks is refused.
     *
     * @param paths relative to the folder; empty for all of it
     * @param elsewhere whether what is wanted can be written elsewhere instead
     */
    public static void before(OpenFolder folder, ServerConnection server, Collection<String> paths, boolean elsewhere)
            throws AgentException, RemoteException {
        if (folder.definition().paused()) {
            throw new AgentException(new AgentProblem.FolderPaused(folder.root().toString(), elsewhere));
        }
        server.info();
        folder.start();
        if (!get(folder, folder.rested(paths.stream().map(Path::of).toList()), PATIENCE)) {
            throw new AgentException(
                    new AgentProblem.FolderNotCalm(folder.root().toString(), stopped(folder), elsewhere), false, null);
        }
    }

    /**
     * Waits until this device has what was told to the server.
     *
     * @param paths where that is, relative to the folder
     * @param longest how long that may take; for what fails and is tried again there are some minutes more
     * @return what keeps some of it from coming
     */
    public static List<Problem> after(OpenFolder folder, Collection<String> paths, Duration longest)
            throws AgentException {
        boolean works = get(folder, folder.rested(List.of()), longest);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (works) {
            List<Problem> left = folder.engine().map(FolderEngine::failing).orElse(List.of()).stream()
                    .filter(problem -> paths.stream().anyMatch(path -> concerns(problem, path))).toList();
            if (left.stream().noneMatch(Problem::retried) || System.nanoTime() - end >= 0) {
                return left.stream()
                        .map(problem -> new Problem(problem.path(), new Obstacle.NotHereYet(problem.reason()),
                                problem.retried()))
                        .toList();
            }
            works = get(folder, folder.nextRest(), Duration.ofNanos(end - System.nanoTime()));
        }
        return List.of(new Problem(String.join(", ", paths), new Obstacle.NotHereYet(stopped(folder))));
    }

    /** An entry waits for the folders above it, and a folder for what is in it. */
    private static boolean concerns(Problem problem, String path) {
        return path.isEmpty() || isIn(problem.path(), path) || isIn(path, problem.path());
    }

    private static boolean isIn(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }

    private static Obstacle stopped(OpenFolder folder) throws AgentException {
        FolderReport report = folder.report();
        return report.activity() == FolderActivity.ASKING || !(report.message() instanceof FolderMessage.Failed failed)
                ? new Obstacle.FolderAsks()
                : new Obstacle.FolderFails(failed.detail());
    }

    /**
     * Returns a server's refusal. The folder looks for what was done before it, of which it hears nothing else; where its
     * server was set back it finds out that way, so that it stops and asks.
     */
    public static RemoteException refused(OpenFolder folder, RemoteException refusal) {
        folder.ask();
        return refusal;
    }

    /** Lets a folder do what it can do now, for some time at most; returns false if it needs a person or fails. */
    static boolean sync(OpenFolder folder, Duration longest) throws AgentException {
        folder.start();
        return get(folder, folder.rested(List.of(Path.of(""))), longest);
    }

    private static boolean get(OpenFolder folder, CompletableFuture<Boolean> promise, Duration longest)
            throws AgentException {
        try {
            return promise.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            throw new AgentException("Waiting for " + folder.root() + " ended by an error: "
                    + e.getCause().getMessage(), false, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException("Waiting for " + folder.root() + " was interrupted", false, e);
        }
    }
}
