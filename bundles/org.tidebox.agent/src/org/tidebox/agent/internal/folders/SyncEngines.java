package org.tidebox.agent.internal.folders;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.feature.SystemTime;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.sync.SyncFolder;
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

/** Makes the real engines. */
public final class SyncEngines implements FolderEngine.Factory {
    private final ChunkerRegistry chunkers;
    private final InstantSource clock = SystemTime.clock();

    public SyncEngines(ChunkerRegistry chunkers) {
        this.chunkers = chunkers;
    }

    @Override
    public FolderEngine open(FolderDefinition folder, Path root, TreeStore trees, Remote remote, String device,
            SyncListener listener) {
        return new Engine(
                SyncFolder.builder().id(folder.id()).root(root).library(folder.library()).device(device).trees(trees)
                        .remote(remote).chunkers(chunkers).clock(clock).keepsExtended(folder.keepsExtended())
                        .listener(listener).build(),
                clock);
    }

    private record Engine(SyncFolder folder, InstantSource clock) implements FolderEngine {
        @Override
        public SyncReport run(ScanScope scope, HeadNews news)
                throws IOException, RemoteException, TreeStoreException, InterruptedException {
            return folder.sync(scope, news);
        }

        @Override
        public void sendWanted() throws RemoteException, TreeStoreException, InterruptedException {
            folder.sendWanted();
        }

        @Override
        public FolderStatus status() {
            return folder.status();
        }

        @Override
        public WorkLeft workLeft() {
            return folder.workLeft();
        }

        @Override
        public List<Problem> failing() {
            return folder.failing();
        }

        @Override
        public Pulse pulse() {
            return folder.pulse();
        }

        @Override
        public String groundSeen() {
            return folder.groundSeen();
        }

        @Override
        public Optional<Duration> retryIn() {
            return folder.retryAt().map(due -> Duration.between(clock.instant(), due));
        }

        @Override
        public void retryNow() {
            folder.retryNow();
        }

        @Override
        public Optional<Question> resume() {
            return folder.resume();
        }

        @Override
        public void rules(FolderRules rules) {
            folder.rules(rules);
        }

        @Override
        public void ignore(IgnoreProvider provider, String defaults) {
            folder.ignore(provider, defaults);
        }

        @Override
        public void deleteIgnored(boolean delete) {
            folder.deleteIgnored(delete);
        }

        @Override
        public List<Held> held() throws TreeStoreException, InterruptedException {
            return folder.held();
        }

        @Override
        public RulePreview preview(FolderRules other) throws TreeStoreException, InterruptedException {
            return folder.preview(other);
        }

        @Override
        public List<Held> choose(Predicate<Held> which, boolean transfer)
                throws TreeStoreException, InterruptedException {
            return folder.choose(which, transfer);
        }

        @Override
        public void close() {
            folder.close();
        }
    }
}
