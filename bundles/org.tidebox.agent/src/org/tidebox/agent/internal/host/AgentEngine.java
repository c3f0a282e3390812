package org.tidebox.agent.internal.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tidebox.agent.AccountStatus;
import org.tidebox.agent.Agent;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentProblem;
import org.tidebox.agent.AgentStats;
import org.tidebox.agent.AgentStatus;
import org.tidebox.agent.AskAnswer;
import org.tidebox.agent.AskReport;
import org.tidebox.agent.ConflictChoice;
import org.tidebox.agent.ConflictReport;
import org.tidebox.agent.ConflictsSettled;
import org.tidebox.agent.DeviceReport;
import org.tidebox.agent.FileVersion;
import org.tidebox.agent.FolderReport;
import org.tidebox.agent.HeldEntry;
import org.tidebox.agent.Home;
import org.tidebox.agent.LoginRequest;
import org.tidebox.agent.RestoreProgress;
import org.tidebox.agent.RestoreReport;
import org.tidebox.agent.RestoreRequest;
import org.tidebox.agent.RuleReport;
import org.tidebox.agent.RuleRequest;
import org.tidebox.agent.TrashEntry;
import org.tidebox.agent.TypeGroupReport;
import org.tidebox.agent.internal.account.Accounts;
import org.tidebox.agent.internal.account.NobodyLoggedInException;
import org.tidebox.agent.internal.account.TransferLimit;
import org.tidebox.agent.internal.account.Uplink;
import org.tidebox.agent.internal.events.EventDesk;
import org.tidebox.agent.internal.folders.Answers;
import org.tidebox.agent.internal.folders.FolderGuard;
import org.tidebox.agent.internal.folders.OpenFolder;
import org.tidebox.agent.internal.folders.SyncFolders;
import org.tidebox.agent.internal.folders.Waiting;
import org.tidebox.agent.internal.history.ConflictCommands;
import org.tidebox.agent.internal.history.PastCommands;
import org.tidebox.agent.internal.rules.RuleDesk;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.ProcessGuard;
import org.tidebox.remote.Bandwidth;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.WireCounters;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.rules.RulePreview;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryKind;

/** The agent: puts account, folders, connection and features together. */
final class AgentEngine implements Agent, AutoCloseable {
    private static final int GRACE_SECONDS = 3;

    private final Home home;
    private final Accounts accounts;
    private final Uplink uplink;
    private final SyncFolders folders;
    private final PastCommands past;
    private final ConflictCommands conflicts;
    private final RuleDesk rules;
    private final FeatureChoices features;
    private final TransferLimit limit;
    private final EventDesk events;
    private final Runnable end;
    private final FolderGuard guard;
    private final long started = System.nanoTime();

    /** What the agent consists of; {@code end} ends the process that it lives in. */
    AgentEngine(Home home, Accounts accounts, Uplink uplink, SyncFolders folders, PastCommands past,
            ConflictCommands conflicts, RuleDesk rules, FeatureChoices features, TransferLimit limit,
            EventDesk events, Runnable end) {
        this.home = home;
        this.accounts = accounts;
        this.uplink = uplink;
        this.folders = folders;
        this.past = past;
        this.conflicts = conflicts;
        this.rules = rules;
        this.features = features;
        this.limit = limit;
        this.events = events;
        this.end = end;
        this.guard = new FolderGuard(folders);
    }

    /** A question to database and server. */
    @FunctionalInterface
    private interface Work<T> {
        T perform() throws AgentException, RemoteException, TreeStoreException;
    }

    /** Takes up what earlier runs left; keeps the folders in step only if told to work. */
    void open(boolean working) throws TreeStoreException {
        features.restore();
        limit.restore();
        accounts.resume(working);
        rules.watch();
        guard.start();
        if (working) {
            folders.startAll();
        }
    }

    @Override
    public AccountStatus join(String code, String device) throws AgentException {
        AccountStatus account = perform(() -> accounts.join(code, device));
        folders.all().forEach(OpenFolder::ask);
        return account;
    }

    @Override
    public AccountStatus login(LoginRequest request) throws AgentException {
        AccountStatus account = perform(() -> accounts.login(request));
        folders.all().forEach(OpenFolder::ask);
        return account;
    }

    @Override
    public void logout() throws AgentException {
        perform(() -> {
            accounts.logout();
            return null;
        });
        folders.all().forEach(OpenFolder::ask);
    }

    @Override
    public List<DeviceReport> devices() throws AgentException {
        return perform(accounts::devices);
    }

    @Override
    public void removeDevice(String device, String password) throws AgentException {
        perform(() -> {
            uplink.connection().removeDevice(device, password.toCharArray());
            return null;
        });
    }

    @Override
    public int changePassword(String password, String fresh, boolean logOutOthers) throws AgentException {
        return perform(() -> uplink.connection().changePassword(password.toCharArray(), fresh.toCharArray(),
                logOutOthers));
    }

    @Override
    public FolderReport addFolder(String directory, String library, boolean paused) throws AgentException {
        return perform(() -> {
            Path root = folders.check(Path.of(directory));
            String name = library == null ? nameOf(root) : library;
            Library bound = uplink.connection().createLibrary(name, LibraryKind.SYNC);
            return folders.add(root, bound, paused).report();
        });
    }

    @Override
    public List<FolderReport> listFolders() throws AgentException {
        List<FolderReport> reports = new ArrayList<>();
        for (OpenFolder folder : folders.all()) {
            reports.add(folder.report());
        }
        return reports;
    }

    @Override
    public void removeFolder(String directory) throws AgentException {
        perform(() -> {
            rules.forget(folders.remove(Path.of(directory)));
            return null;
        });
    }

    @Override
    public void pauseFolder(String directory) throws AgentException {
        perform(() -> {
            folders.pause(Path.of(directory));
            return null;
        });
    }

    @Override
    public Question resumeFolder(String directory) throws AgentException {
        return perform(() -> new Answers(folders).resume(folders.at(Path.of(directory))));
    }

    @Override
    public void deleteIgnored(String directory, boolean delete) throws AgentException {
        perform(() -> {
            folders.deleteIgnored(Path.of(directory), delete);
            return null;
        });
    }

    @Override
    public void keepExtendedAttributes(String directory, boolean keep) throws AgentException {
        perform(() -> {
            folders.keepExtended(Path.of(directory), keep);
            return null;
        });
    }

    @Override
    public AgentStatus status() throws AgentException {
        // Before the look at the state: rather is something told twice than not at all.
        long revision = events.feed().revision();
        return new AgentStatus(perform(accounts::status), uplink.state(), uplink.message(), listFolders(),
                home.root().toString(), notice(), revision);
    }

    /** What the person should know about the home; {@code null} if there is nothing. */
    private String notice() {
        List<String> notices = new ArrayList<>(rules.notices());
        Optional.ofNullable(DatabaseRecovery.notice(home)).ifPresent(notices::addFirst);
        ProcessGuard.notice().ifPresent(notices::add);
        return notices.isEmpty() ? null : String.join("\n", notices);
    }

    @Override
    public boolean waitUntilSynced(long timeoutMillis) throws AgentException {
        uplink.listen();
        folders.startAll();
        List<CompletableFuture<Boolean>> promises = folders.all().stream().map(OpenFolder::synced).toList();
        try {
            return allKept(promises).get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AgentException("Waiting ended by an error: " + e.getCause().getMessage(), false, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            promises.forEach(promise -> promise.cancel(false));
        }
    }

    /** Returns a promise: true once all are kept, and false as soon as one cannot be. */
    private static CompletableFuture<Boolean> allKept(List<CompletableFuture<Boolean>> promises) {
        CompletableFuture<Boolean> all = CompletableFuture.allOf(promises.toArray(CompletableFuture[]::new))
                .thenApply(nothing -> promises.stream().allMatch(CompletableFuture::join));
        promises.forEach(promise -> promise.thenAccept(kept -> {
            if (!kept) {
                all.complete(false);
            }
        }));
        return all;
    }

    @Override
    public List<FileVersion> history(String path) throws AgentException {
        return perform(() -> past.history(path));
    }

    @Override
    public RestoreReport restore(RestoreRequest request) throws AgentException {
        return perform(() -> past.restore(request));
    }

    @Override
    public List<TrashEntry> trash(String directory) throws AgentException {
        return perform(() -> past.trash(directory));
    }

    @Override
    public RestoreReport restoreTrash(List<String> items) throws AgentException {
        return perform(() -> past.restoreTrash(items));
    }

    @Override
    public List<ConflictReport> conflicts() throws AgentException {
        return perform(conflicts::list);
    }

    @Override
    public ConflictsSettled resolveConflicts(List<String> paths, ConflictChoice choice) throws AgentException {
        return perform(() -> conflicts.resolve(paths, choice));
    }

    @Override
    public RuleReport rules(String directory) throws AgentException {
        return rules.rules().list(directory);
    }

    @Override
    public RuleReport addRule(RuleRequest request) throws AgentException {
        return rules.rules().add(request);
    }

    @Override
    public RulePreview previewRule(RuleRequest request) throws AgentException {
        return perform(() -> rules.rules().preview(request));
    }

    @Override
    public RuleReport setDefault(String directory, boolean upload, String action) throws AgentException {
        return rules.rules().setDefault(directory, upload, action);
    }

    @Override
    public RuleReport removeRule(String directory, boolean upload, int number) throws AgentException {
        return rules.rules().remove(directory, upload, number);
    }

    @Override
    public RuleReport setCandidates(String directory, boolean upload, String mode) throws AgentException {
        return rules.rules().setCandidates(directory, upload, mode);
    }

    @Override
    public List<TypeGroupReport> typeGroups() throws AgentException {
        return rules.groups().list();
    }

    @Override
    public TypeGroupReport setTypeGroup(String name, List<String> types) throws AgentException {
        return rules.groups().set(name, types);
    }

    @Override
    public void removeTypeGroup(String name) throws AgentException {
        rules.groups().remove(name);
    }

    @Override
    public List<HeldEntry> held() throws AgentException {
        return perform(rules.held()::list);
    }

    @Override
    public List<HeldEntry> transferHeld(List<String> paths) throws AgentException {
        return perform(() -> rules.held().transfer(paths));
    }

    @Override
    public List<HeldEntry> answerAsked(AskAnswer answer) throws AgentException {
        return perform(() -> rules.held().answer(answer));
    }

    @Override
    public AskReport nextQuestion(long after, long timeoutMillis) throws AgentException {
        return perform(() -> rules.held().next(after, timeoutMillis));
    }

    @Override
    public RestoreProgress restoring() {
        return past.restoring();
    }

    @Override
    public List<FeatureStatus> features() {
        return features.list();
    }

    @Override
    public FeatureStatus useFeature(String point, String provider) throws AgentException {
        return perform(() -> features.use(point, provider));
    }

    @Override
    public Bandwidth bandwidth() throws AgentException {
        return perform(limit::get);
    }

    @Override
    public void limit(Bandwidth bandwidth) throws AgentException {
        perform(() -> {
            limit.set(bandwidth);
            return null;
        });
    }

    @Override
    public AgentStats stats() throws AgentException {
        WireCounters wire = uplink.counters();
        long up = 0;
        long down = 0;
        for (FolderReport folder : listFolders()) {
            up += folder.totals().filesUp();
            down += folder.totals().filesDown();
        }
        long uptime = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        return new AgentStats(wire.bytesSent(), wire.bytesReceived(), wire.requests(), up, down, uptime);
    }

    EventDesk events() {
        return events;
    }

    @Override
    public void stop() {
        end.run();
    }

    @Override
    public void close() {
        rules.close();
        guard.close();
        // What a server keeps waiting that says nothing would not see that it has to end.
        CompletableFuture.delayedExecutor(GRACE_SECONDS, TimeUnit.SECONDS).execute(uplink::close);
        folders.stopAll();
        uplink.close();
        events.log().close();
    }

    private static String nameOf(Path root) throws AgentException {
        if (root.getFileName() == null) {
            throw new AgentException(new AgentProblem.FolderWithoutName(root.toString()));
        }
        return root.getFileName().toString();
    }

    private static <T> T perform(Work<T> work) throws AgentException {
        try {
            return work.perform();
        } catch (NobodyLoggedInException e) {
            throw new AgentException(new AgentProblem.NotLoggedIn(), true, e);
        } catch (RemoteException e) {
            throw e.getReason() == RemoteException.Reason.SET_BACK
                    ? new AgentException(new AgentProblem.ServerSetBack(e.getMessage()), true, e)
                    : new AgentException(e.getMessage(), e.isPermanent(), e);
        } catch (TreeStoreException e) {
            throw new AgentException(e.getMessage(), e.isPermanent(), e);
        }
    }
}
