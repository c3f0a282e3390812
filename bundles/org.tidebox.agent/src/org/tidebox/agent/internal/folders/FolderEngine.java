package org.tidebox.agent.internal.folders;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.sync.device.FolderDefinition;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.FolderStatus;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Pulse;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.folder.SyncListener;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.folder.WorkLeft;
import org.tidebox.sync.rules.FolderRules;
import org.tidebox.sync.rules.Held;
import org.tidebox.sync.rules.RulePreview;

/** What a runner needs of the engine that keeps one folder the same; one run at a time. */
public interface FolderEngine extends AutoCloseable {
    /** Makes engines. */
    @FunctionalInterface
    interface Factory {
        /** Makes the engine of a folder that lies in the given place; the listener hears what it does. */
        FolderEngine open(FolderDefinition folder, Path root, TreeStore trees, Remote remote, String device,
                SyncListener listener);
    }

    /**
     * Looks at the given places, then at the server, and makes both sides the same.
     *
     * @param news what the server told of the library's head
     * @throws IOException if the folder cannot be read
     * @throws RemoteException if the server could not be reached; local changes found are noted all the same
     * @throws InterruptedException if the engine is being closed
     */
    SyncReport run(ScanScope scope, HeadNews news)
            throws IOException, RemoteException, TreeStoreException, InterruptedException;

    /** Sends again what the server has lost of files that are here, as it asks for. */
    void sendWanted() throws RemoteException, TreeStoreException, InterruptedException;

    /** Returns what it is doing; at any time, also during a run. */
    FolderStatus status();

    /** Returns how much there is to do, as far as is known; at any time. */
    WorkLeft workLeft();

    /** Returns what keeps both sides from being the same now, by path; at any time. */
    List<Problem> failing();

    /** Returns how long it has not got on; means something during a run only. At any time. */
    Pulse pulse();

    /** Returns what the last run stood on, to be compared with {@link org.tidebox.sync.SyncFolder#ground}; at any time. */
    String groundSeen();

    /** Returns how long it is until something that failed should be tried again; empty if nothing did. */
    Optional<Duration> retryIn();

    /** Lets the next run try at once what failed before. */
    void retryNow();

    /** The person has looked at what it asks and says yes; the next run goes on. Returns what it asked, if it did. */
    Optional<Question> resume();

    /** Lets rules decide on transfers from the next run on. */
    void rules(FolderRules rules);

    /** Ignores from the next scan on what a provider says. */
    void ignore(IgnoreProvider provider, String defaults);

    /** Deletes what is ignored with its folder from now on, or keeps it. */
    void deleteIgnored(boolean delete);

    /** Returns what the rules hold back; waits for a run to end. */
    List<Held> held() throws TreeStoreException, InterruptedException;

    /** Tells what other rules would change; waits for a run to end. */
    RulePreview preview(FolderRules other) throws TreeStoreException, InterruptedException;

    /** Decides on held entries as {@link org.tidebox.sync.SyncFolder#choose} does. */
    List<Held> choose(Predicate<Held> which, boolean transfer) throws TreeStoreException, InterruptedException;

    /** Lets a run that is under way end soon; there are no more. */
    @Override
    void close();
}
