package org.tidebox.agent.internal.host;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.agent.Agent;
import org.tidebox.agent.Home;
import org.tidebox.agent.HomeLock;
import org.tidebox.agent.HomeLockedException;
import org.tidebox.agent.events.AgentEvents;
import org.tidebox.agent.events.FolderQuestion;
import org.tidebox.agent.internal.account.Accounts;
import org.tidebox.agent.internal.account.DeviceState;
import org.tidebox.agent.internal.account.TransferLimit;
import org.tidebox.agent.internal.account.Uplink;
import org.tidebox.agent.internal.events.ActivityLog;
import org.tidebox.agent.internal.events.EventDesk;
import org.tidebox.agent.internal.events.EventFeed;
import org.tidebox.agent.internal.events.StateWatch;
import org.tidebox.agent.internal.folders.FolderChecks;
import org.tidebox.agent.internal.folders.FolderEngine;
import org.tidebox.agent.internal.folders.FolderPaths;
import org.tidebox.agent.internal.folders.OpenFolder;
import org.tidebox.agent.internal.folders.SyncFolders;
import org.tidebox.agent.internal.history.ConflictCommands;
import org.tidebox.agent.internal.history.PastCommands;
import org.tidebox.agent.internal.history.Restoring;
import org.tidebox.agent.internal.rules.IgnoreBook;
import org.tidebox.agent.internal.rules.QuestionBoard;
import org.tidebox.agent.internal.rules.RuleBook;
import org.tidebox.agent.internal.rules.RuleDesk;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlServer;
import org.tidebox.control.ControlSocket;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.SystemTime;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.tree.LibraryId;

/** An agent that owns a home and serves its control socket. Everything is let go of in the reverse order in which it was taken. */
final class AgentProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentProcess.class);

    private final Taken taken;
    private final AgentEngine engine;
    private final ControlApis apis;
    private final ControlServer control;
    private final TransientLife life;
    private boolean closed;

    private AgentProcess(Taken taken, AgentEngine engine, ControlApis apis, ControlServer control,
            TransientLife life) {
        this.taken = taken;
        this.engine = engine;
        this.apis = apis;
        this.control = control;
        this.life = life;
    }

    /** What belongs to the owner of the home alone. */
    private record Taken(HomeLock lock, ClientDatabase database) {
    }

    /**
     * Takes a home and begins to serve.
     *
     * @param home is made if it is missing
     * @param ending whether to serve single commands only, and to end when there are none
     * @param parts what the agent is put together from
     * @param end ends the process
     * @throws IOException if the home or the socket cannot be used; this and the others have messages for a person
     */
    static AgentProcess open(Home home, boolean ending, Parts parts, Runnable end)
            throws IOException, HomeLockedException, TreeStoreException {
        home.create();
        HomeLock lock = HomeLock.acquire(home);
        ClientDatabase database = null;
        AgentEngine engine = null;
        try {
            database = new DatabaseRecovery(home, parts.services().databases()).open();
            engine = compose(home, database, parts, end);
            engine.open(!ending);
            ControlServer control = new ControlServer(ControlSocket.of(home.root()))
                    .serve(new ControlApi<>(Agent.class, engine))
                    .serve(new ControlApi<>(AgentEvents.class, engine.events()));
            parts.apis().serveOn(control);
            TransientLife life = new TransientLife(control, end);
            if (ending) {
                life.begin();
            }
            control.start();
            if (!ending && "root".equals(System.getProperty("user.name"))) {
                LOG.warn("The agent runs as root, so what it does wrong can reach every file of this computer; start it"
                        + " as the person whose folders it keeps");
            }
            LOG.info("Agent on {} is ready{}", home.root(), ending ? ", for single commands" : "");
            return new AgentProcess(new Taken(lock, database), engine, parts.apis(), control, life);
        } catch (IOException | TreeStoreException | RuntimeException e) {
            closeQuietly(engine, database, lock);
            throw e;
        }
    }

    /**
     * What an agent is put together from.
     *
     * @param services the services
     * @param features the swap points, as they come and go
     * @param apis what other bundles serve on the control socket
     * @param engines makes the engines of folders
     * @param userHome the user's own folder
     * @param device how this device is called when its person does not say
     */
    record Parts(AgentServices services, CopyOnWriteArrayList<FeaturePoint> features, ControlApis apis,
            FolderEngine.Factory engines, Path userHome, String device) {
    }

    Agent agent() {
        return engine;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            life.close();
            apis.forget(control);
            control.close();
            closeQuietly(engine, taken.database(), taken.lock());
            LOG.info("Agent has ended");
        }
    }

    private static AgentEngine compose(Home home, ClientDatabase database, Parts parts, Runnable end)
            throws IOException, TreeStoreException {
        SecureRandom random = new SecureRandom();
        DeviceState state = new DeviceState(database);
        FolderNews news = new FolderNews();
        Uplink uplink = new Uplink(parts.services().connector(), news);
        InstantSource clock = SystemTime.clock();
        RuleBook rules = new RuleBook(home, parts.services().rules().types(), clock);
        IgnoreBook ignores = new IgnoreBook(home.ignore(), parts.services().rules().ignores());
        QuestionBoard board = new QuestionBoard();
        EventFeed feed = new EventFeed(clock, AgentEvents.MOST_ACTIVITY);
        ActivityLog log = new ActivityLog(database, feed, clock);
        OpenFolder.Workshop workshop = new FolderWorkshop(parts, uplink, state, rules, ignores, board, log, random);
        SyncFolders folders = new SyncFolders(database, FolderPaths.of(home, parts.userHome()),
                new FolderChecks(home.root()), workshop,
                random);
        news.tell(folders);
        Accounts accounts = new Accounts(database, parts.services().connector(), uplink, parts.device());
        ChunkerRegistry chunkers = parts.services().chunkers();
        Restoring restoring = new Restoring(chunkers, clock, random);
        return new AgentEngine(home, accounts, uplink, folders, new PastCommands(folders, uplink, restoring),
                new ConflictCommands(folders, uplink, accounts, chunkers, clock, random),
                new RuleDesk(folders, rules, ignores, board), new FeatureChoices(parts.features(), state),
                new TransferLimit(state, parts.services().connector()),
                new EventDesk(feed, watch(feed, accounts, uplink, folders, board, clock), log), end);
    }

    private static StateWatch watch(EventFeed feed, Accounts accounts, Uplink uplink, SyncFolders folders,
            QuestionBoard board, InstantSource clock) {
        return new StateWatch(feed, () -> new StateWatch.Account(accounts.known(), uplink.state(), uplink.message()),
                folders::all, root -> board.of(root)
                        .map(ask -> new FolderQuestion(FolderQuestion.Kind.RULES, null, ask.waiting())),
                clock);
    }

    private static void closeQuietly(AutoCloseable... parts) {
        for (AutoCloseable part : parts) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                LOG.error("{} could not be closed", part, e);
            }
        }
    }

    /** Passes the server's news on to the folders. */
    private static final class FolderNews implements Uplink.News {
        private volatile SyncFolders folders;

        void tell(SyncFolders receivers) {
            folders = receivers;
        }

        @Override
        public void missed() {
            folders.all().forEach(OpenFolder::ask);
        }

        @Override
        public void moved(LibraryId library, HeadNews news) {
            folders.of(library).forEach(folder -> folder.moved(news));
        }

        @Override
        public void wanted(LibraryId library) {
            folders.of(library).forEach(OpenFolder::wanted);
        }
    }
}
