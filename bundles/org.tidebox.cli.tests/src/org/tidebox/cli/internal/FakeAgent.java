package org.tidebox.cli.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.tidebox.agent.AccountStatus;
import org.tidebox.agent.Agent;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentStats;
import org.tidebox.agent.AgentStatus;
import org.tidebox.agent.AskAnswer;
import org.tidebox.agent.AskReport;
import org.tidebox.agent.ConflictChoice;
import org.tidebox.agent.ConflictReport;
import org.tidebox.agent.ConflictsSettled;
import org.tidebox.agent.ConnectionState;
import org.tidebox.agent.DeviceReport;
import org.tidebox.agent.FileVersion;
import org.tidebox.agent.FolderActivity;
import org.tidebox.agent.FolderReport;
import org.tidebox.agent.HeldEntry;
import org.tidebox.agent.LoginRequest;
import org.tidebox.agent.RestoreProgress;
import org.tidebox.agent.RestoreReport;
import org.tidebox.agent.RestoreRequest;
import org.tidebox.agent.RuleReport;
import org.tidebox.agent.RuleRequest;
import org.tidebox.agent.TrashEntry;
import org.tidebox.agent.TypeGroupReport;
import org.tidebox.agent.events.AgentEvents;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.remote.Bandwidth;
import org.tidebox.sync.folder.FolderMessage;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.folder.Transfer;
import org.tidebox.sync.rules.RulePreview;

/** An agent that writes down what it was asked for and answers with fixed values. */
public final class FakeAgent implements Agent {
    public static final AccountStatus ADA = new AccountStatus("ada", "laptop", "https://test:8443");
    final List<String> calls = new CopyOnWriteArrayList<>();
    final FakeEvents events = new FakeEvents();
    volatile boolean synced = true;
    volatile Bandwidth bandwidth = Bandwidth.UNLIMITED;
    volatile List<FolderReport> folders = List.of();

    static FolderReport folder(String directory, FolderActivity activity, FolderMessage message, Problem... problems) {
        List<Transfer> transfers = activity == FolderActivity.SYNCING
                ? List.of(new Transfer("film.mov", true, 12L << 20, 64L << 20))
                : List.of();
        return new FolderReport(directory, "Papers", activity, message, 1234, 56, 56,
                activity == FolderActivity.SYNCING ? 7 : 0, 0, "nio",
                transfers, SyncTotals.NONE, List.of(problems),
                activity == FolderActivity.ASKING ? List.of("a (conflict desk 2026-02-14 100000).txt") : List.of(),
                false, activity == FolderActivity.ASKING || Stream.of(problems).anyMatch(problem -> !problem.retried()),
                null);
    }

    static FolderReport folderWithXattrs(String directory) {
        return new FolderReport(directory, "Papers", FolderActivity.UP_TO_DATE, null, 1, 1, 1, 0, 0, "nio", List.of(),
                SyncTotals.NONE, List.of(), List.of(), true, false, null);
    }

    @Override
    public Bandwidth bandwidth() {
        return bandwidth;
    }

    @Override
    public void limit(Bandwidth wanted) {
        bandwidth = wanted;
    }

    @Override
    public AccountStatus join(String code, String device) throws AgentException {
        calls.add("join " + code + " " + device);
        if (code.equals("used")) {
            throw new AgentException("The join code was used already; ask for another one");
        }
        return ADA;
    }

    @Override
    public AccountStatus login(LoginRequest request) {
        calls.add("login " + request.url() + " " + request.account() + " " + request.password() + " "
                + request.fingerprint());
        return ADA;
    }

    @Override
    public void logout() {
        calls.add("logout");
    }

    @Override
    public List<DeviceReport> devices() {
        return List.of(
                new DeviceReport(3, "desk", true, true, "2026-02-14T09:00:00Z", "2026-02-15T09:00:00Z", null,
                        "2026-05-14T09:00:00Z"),
                new DeviceReport(7, "laptop", false, false, "2026-02-14T09:00:00Z", "2026-02-15T09:00:00Z", "192.0.2.7",
                        "2026-05-14T09:00:00Z"));
    }

    @Override
    public void removeDevice(String device, String password) throws AgentException {
        calls.add("remove device " + device + " " + password);
        if (password.equals("wrong")) {
            throw new AgentException("Account and password do not match; check both and try again");
        }
    }

    @Override
    public int changePassword(String password, String fresh, boolean logOutOthers) {
        calls.add("password " + password + " " + fresh + " " + logOutOthers);
        return logOutOthers ? 1 : 0;
    }

    @Override
    public FolderReport addFolder(String directory, String library, boolean paused) {
        calls.add("add " + directory + " " + library + " " + paused);
        return folder(directory, FolderActivity.SCANNING, null);
    }

    @Override
    public List<FolderReport> listFolders() {
        return folders;
    }

    @Override
    public void removeFolder(String directory) {
        calls.add("remove " + directory);
    }

    @Override
    public void pauseFolder(String directory) {
        calls.add("pause " + directory);
    }

    @Override
    public Question resumeFolder(String directory) {
        calls.add("resume " + directory);
        return directory.endsWith("old")
                ? new Question.DeletedHere(31, 0, 60, 31, 0)
                : directory.endsWith("away") ? new Question.RootMissing() : null;
    }

    @Override
    public void keepExtendedAttributes(String directory, boolean keep) {
        calls.add("xattrs " + directory + " " + keep);
    }

    @Override
    public void deleteIgnored(String directory, boolean delete) {
        calls.add("ignored " + directory + " " + delete);
    }

    @Override
    public AgentStatus status() {
        return new AgentStatus(ADA, ConnectionState.CONNECTED, null, List.of(
                folder("/data/papers", FolderActivity.UP_TO_DATE, null,
                        new Problem("aux.txt", new Obstacle.AccessDenied()),
                        new Problem("film", new Obstacle.Other("the disk is busy"), true)),
                folder("/data/films", FolderActivity.SYNCING, null),
                folder("/data/old", FolderActivity.ASKING, new Question.DeletedHere(31, 0, 60, 31, 0))),
                "/home/ada", null, 7);
    }

    @Override
    public boolean waitUntilSynced(long timeoutMillis) {
        calls.add("wait " + timeoutMillis);
        return synced;
    }

    @Override
    public List<FileVersion> history(String path) {
        calls.add("history " + path);
        return List
                .of(new FileVersion(12, "papers/letter", "FILE", 2048, "laptop", "2026-02-14T09:00:00Z", false, true));
    }

    @Override
    public RestoreReport restore(RestoreRequest request) {
        calls.add("restore " + request.path() + " " + request.asOf() + " " + request.version() + " " + request.to());
        List<Problem> problems = request.version() == 13
                ? List.of(new Problem("letter", new Obstacle.ContentGone()))
                : List.of();
        FileVersion taken = request.version() == 12 ? history("").getFirst() : null;
        return new RestoreReport(request.path(), request.to(), 1 - problems.size(), 0, 2048, 0, taken,
                request.asOf() == null ? 0 : 12, List.of("a", "b"), List.of(), problems);
    }

    @Override
    public List<TrashEntry> trash(String directory) {
        calls.add("trash " + directory);
        String id = "0".repeat(24) + "abababab";
        return List.of(
                new TrashEntry(id, "/data/papers/old", "FOLDER", 4, 3 << 10, "laptop", "2026-02-14T09:00:00Z"));
    }

    @Override
    public RestoreReport restoreTrash(List<String> items) {
        calls.add("restoreTrash " + items);
        return new RestoreReport(items.get(0), null, 3, 1, 3 << 10, 0, null, 0, List.of(),
                List.of("a → a (restored).txt"), List.of());
    }

    @Override
    public List<ConflictReport> conflicts() {
        return List.of(new ConflictReport(
                new ConflictReport.Side("/data/papers/letter (conflict laptop 2026-02-14 100000)", true, "laptop",
                        "FILE", "2026-02-14T09:00:00Z", 2048),
                new ConflictReport.Side("/data/papers/letter", false, null, null, null, -1), "2026-02-14 100000", 39),
                new ConflictReport(new ConflictReport.Side("/data/papers/thing", false, "phone", "FILE",
                        "2026-02-14T09:00:00Z", 1),
                        new ConflictReport.Side("/data/papers/thing (conflict desk 2026-02-14 100000)", true, "desk",
                                "FOLDER", "2026-02-14T09:00:00Z", 0),
                        "2026-02-14 100000", 0));
    }

    @Override
    public ConflictsSettled resolveConflicts(List<String> paths, ConflictChoice choice) {
        calls.add("resolve " + paths + " " + choice);
        return paths.isEmpty()
                ? new ConflictsSettled(3, List.of(new Problem("/data/papers/thing", new Obstacle.ChangedElsewhere())))
                : new ConflictsSettled(paths.size(), List.of());
    }

    @Override
    public RuleReport rules(String directory) {
        calls.add("rules " + directory);
        return new RuleReport(directory,
                new RuleReport.Rules(List.of(new RuleReport.Line("in work", "transfer"),
                        new RuleReport.Line("size > 50 MiB", "ask")), "hold"),
                new RuleReport.Rules(List.of(new RuleReport.Line("type films", "hold")), "transfer", "since-transfer"),
                null);
    }

    @Override
    public RuleReport addRule(RuleRequest request) throws AgentException {
        calls.add("rule " + (request.upload() ? "up " : "down ") + request.at() + " " + request.condition() + " -> "
                + request.action());
        if (request.condition().endsWith("50")) {
            throw new AgentException("upload rule 1: the size '50' has no unit");
        }
        return rules(request.directory());
    }

    @Override
    public RulePreview previewRule(RuleRequest request) {
        calls.add("preview " + request.condition());
        return new RulePreview(2, 3 << 20, 1, 5);
    }

    @Override
    public RuleReport setDefault(String directory, boolean upload, String action) {
        calls.add("default " + (upload ? "up " : "down ") + action);
        return rules(directory);
    }

    @Override
    public RuleReport removeRule(String directory, boolean upload, int number) {
        calls.add("remove " + (upload ? "up " : "down ") + number);
        return rules(directory);
    }

    @Override
    public List<HeldEntry> held() {
        return List.of(
                new HeldEntry("/data/papers/film.mkv", true, "FILE", 3 << 20, false, 2, "rule 2: size > 1 MiB"),
                new HeldEntry("/data/papers/letters", false, "FOLDER", 0, true, 0, "the default"));
    }

    @Override
    public List<HeldEntry> transferHeld(List<String> paths) {
        calls.add("transfer " + paths);
        return held().subList(0, 1);
    }

    @Override
    public List<HeldEntry> answerAsked(AskAnswer answer) {
        calls.add("answer " + answer.paths() + " " + answer.transfer() + (answer.makesRule() ? " always" : ""));
        return held().subList(0, 1);
    }

    @Override
    public AskReport nextQuestion(long after, long timeoutMillis) {
        calls.add("question " + after + " " + timeoutMillis);
        return timeoutMillis == 0 ? null : new AskReport(after + 1, "/data/papers", 2, 3 << 20, 5);
    }

    @Override
    public RuleReport setCandidates(String directory, boolean upload, String mode) {
        calls.add("candidates " + (upload ? "up " : "down ") + mode);
        return rules(directory);
    }

    @Override
    public List<TypeGroupReport> typeGroups() {
        return List.of(new TypeGroupReport("books", List.of("epub", "mobi"), false),
                new TypeGroupReport("scans", List.of("pictures", "pdf"), true));
    }

    @Override
    public TypeGroupReport setTypeGroup(String name, List<String> types) {
        calls.add("group " + name + " " + types);
        return new TypeGroupReport(name, types, true);
    }

    @Override
    public void removeTypeGroup(String name) throws AgentException {
        calls.add("no group " + name);
        if (name.equals("books")) {
            throw new AgentException("There is no group of your own named 'books'");
        }
    }

    @Override
    public RestoreProgress restoring() {
        return RestoreProgress.NONE;
    }

    @Override
    public List<FeatureStatus> features() {
        return List.of(new FeatureStatus("watch", "nio", List.of("nio", "polling")));
    }

    @Override
    public FeatureStatus useFeature(String point, String provider) {
        return new FeatureStatus(point, provider, List.of(provider));
    }

    @Override
    public AgentStats stats() {
        throw new IllegalStateException("the test says so");
    }

    @Override
    public void stop() {
        calls.add("stop");
    }
}
