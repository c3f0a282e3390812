package org.tidebox.agent.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.HeldEntry;
import org.tidebox.agent.RuleReport;
import org.tidebox.agent.RuleRequest;
import org.tidebox.model.FolderRules;
import org.tidebox.model.ModelException;
import org.tidebox.model.ModelFactory;
import org.tidebox.model.Rule;
import org.tidebox.model.RuleAction;
import org.tidebox.model.RuleList;
import org.tidebox.rules.Action;
import org.tidebox.rules.Direction;
import org.tidebox.rules.RuleException;
import org.tidebox.sync.Held;
import org.tidebox.sync.RulePreview;
import org.tidebox.sync.TreeStoreException;

/** What people ask about rules and what these hold back, and how they change both. */
final class RuleCommands {
    private final SyncFolders folders;
    private final RuleBook book;

    RuleCommands(SyncFolders folders, RuleBook book) {
        this.folders = folders;
        this.book = book;
    }

    Optional<String> notice() {
        return book.notice();
    }

    RuleReport list(String directory) throws AgentException {
        return report(folders.at(Path.of(directory)));
    }

    RuleReport add(RuleRequest request) throws AgentException {
        return change(request.directory(), "add a rule", addition(request));
    }

    RulePreview preview(RuleRequest request) throws AgentException, TreeStoreException {
        OpenFolder folder = folders.at(Path.of(request.directory()));
        FolderEngine engine = folder.engine().orElseThrow(() -> resting(folder));
        try {
            org.tidebox.sync.FolderRules would = book.model().would(folder.definition().id(), addition(request));
            return uninterrupted(() -> engine.preview(would));
        } catch (ModelException e) {
            throw new AgentException(e.getMessage(), e.isPermanent(), e);
        } catch (RuleException e) {
            throw new AgentException(e.getMessage(), true, e);
        }
    }

    private static RuleModel.Change addition(RuleRequest request) throws AgentException {
        RuleAction action = action(request.action());
        return rules -> {
            RuleList list = list(rules, request.upload());
            int size = list.getRules().size();
            Rule rule = ModelFactory.eINSTANCE.createRule();
            rule.setCondition(request.condition());
            rule.setAction(action);
            list.getRules().add(request.at() > 0 && request.at() <= size ? request.at() - 1 : size, rule);
        };
    }

    private static AgentException resting(OpenFolder folder) {
        return new AgentException(folder.root() + " rests; 'tidebox folder resume' lets it work");
    }

    RuleReport setDefault(String directory, boolean upload, String action) throws AgentException {
        RuleAction otherwise = action(action);
        return change(directory, "set the default", rules -> list(rules, upload).setOtherwise(otherwise));
    }

    RuleReport remove(String directory, boolean upload, int number) throws AgentException {
        RuleReport report = list(directory);
        int count = (upload ? report.up() : report.down()).rules().size();
        if (number < 1 || number > count) {
            throw new AgentException("There is no " + (upload ? "upload" : "download") + " rule " + number + " for "
                    + report.directory() + ", which has " + count + "; 'tidebox rule list' shows them");
        }
        return change(directory, "remove a rule", rules -> list(rules, upload).getRules().remove(number - 1));
    }

    private RuleReport change(String directory, String label, RuleModel.Change change) throws AgentException {
        OpenFolder folder = folders.at(Path.of(directory));
        try {
            book.model().change(folder.definition().id(), label, change);
        } catch (ModelException e) {
            throw new AgentException(e.getMessage(), e.isPermanent(), e);
        } catch (RuleException e) {
            throw new AgentException("Nothing was changed: " + e.getMessage(), true, e);
        }
        folder.engine().ifPresent(engine -> engine.rules(book.of(folder.definition().id())));
        folder.planAnew();
        return report(folder);
    }

    private RuleReport report(OpenFolder folder) throws AgentException {
        try {
            return book.report(folder.definition().id(), folder.root().toString());
        } catch (ModelException e) {
            throw new AgentException(e.getMessage(), e.isPermanent(), e);
        }
    }

    private static RuleList list(FolderRules rules, boolean upload) {
        return upload ? rules.getUpload() : rules.getDownload();
    }

    private static RuleAction action(String name) throws AgentException {
        RuleAction action = RuleAction.get(name);
        if (action == null) {
            throw new AgentException("'" + name + "' is no action; there are transfer, hold and ask");
        }
        return action;
    }

    List<HeldEntry> held() throws AgentException, TreeStoreException {
        if (!folders.all().isEmpty() && folders.all().stream().noneMatch(OpenFolder::isAtWork)) {
            throw new AgentException(
                    "No sync folder is at work; 'tidebox agent' or 'tidebox folder resume' sets them to work");
        }
        List<HeldEntry> all = new ArrayList<>();
        for (OpenFolder folder : folders.all()) {
            Optional<FolderEngine> engine = folder.engine();
            if (engine.isPresent()) {
                all.addAll(entries(folder, uninterrupted(() -> engine.get().held())));
            }
        }
        return all;
    }

    List<HeldEntry> decide(List<String> paths, boolean transfer, boolean askedOnly)
            throws AgentException, TreeStoreException {
        Map<OpenFolder, List<String>> wanted = new HashMap<>();
        for (String path : paths) {
            Path file = SyncFolders.real(Path.of(path));
            OpenFolder folder = folders.around(file);
            wanted.computeIfAbsent(folder, key -> new ArrayList<>())
                    .add(SyncFolders.real(folder.root()).relativize(file).toString().replace('\\', '/'));
        }
        List<HeldEntry> decided = new ArrayList<>();
        for (OpenFolder folder : paths.isEmpty() ? folders.all() : List.copyOf(wanted.keySet())) {
            decided.addAll(decide(folder, wanted.get(folder), transfer, askedOnly));
        }
        if (decided.isEmpty()) {
            throw new AgentException(paths.isEmpty()
                    ? "Nothing is held"
                    : "Nothing of that is held; 'tidebox held list' shows what is");
        }
        return decided;
    }

    /** Decides on what lies at or below some paths of a folder; {@code null} for everything. */
    private List<HeldEntry> decide(OpenFolder folder, List<String> paths, boolean transfer, boolean askedOnly)
            throws AgentException, TreeStoreException {
        Optional<FolderEngine> engine = folder.engine();
        if (engine.isEmpty()) {
            if (paths == null) {
                return List.of();
            }
            throw resting(folder);
        }
        Predicate<Held> which = held -> (!askedOnly || held.action() == Action.ASK)
                && (paths == null || paths.stream().anyMatch(path -> path.isEmpty() || held.path().equals(path)
                        || held.path().startsWith(path + "/")));
        List<Held> chosen = uninterrupted(() -> engine.get().choose(which, transfer));
        folder.planAnew();
        return entries(folder, chosen);
    }

    private static List<HeldEntry> entries(OpenFolder folder, List<Held> held) {
        return held.stream().map(one -> new HeldEntry(folder.root().resolve(one.path()).toString(),
                one.direction() == Direction.UPLOAD, one.folder() ? "FOLDER" : "FILE", one.size(),
                one.action() == Action.ASK, one.rule(), one.reason())).toList();
    }

    /** Work that waits for a run to end. */
    @FunctionalInterface
    private interface Waiting<T> {
        T perform() throws TreeStoreException, InterruptedException;
    }

    private static <T> T uninterrupted(Waiting<T> work) throws AgentException, TreeStoreException {
        try {
            return work.perform();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException("The agent is ending; try again", false, e);
        }
    }
}
