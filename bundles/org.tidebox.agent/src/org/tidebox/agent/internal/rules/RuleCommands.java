package org.tidebox.agent.internal.rules;

import java.nio.file.Path;
import java.util.Optional;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentProblem;
import org.tidebox.agent.RuleReport;
import org.tidebox.agent.RuleRequest;
import org.tidebox.agent.internal.folders.FolderEngine;
import org.tidebox.agent.internal.folders.OpenFolder;
import org.tidebox.agent.internal.folders.SyncFolders;
import org.tidebox.agent.internal.folders.Waiting;
import org.tidebox.model.CandidateMode;
import org.tidebox.model.FolderRules;
import org.tidebox.model.ModelException;
import org.tidebox.model.ModelFactory;
import org.tidebox.model.Rule;
import org.tidebox.model.RuleAction;
import org.tidebox.model.RuleList;
import org.tidebox.rules.RuleException;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.rules.RulePreview;

/** What people ask about rules, and how they change them. */
public final class RuleCommands {
    private final SyncFolders folders;
    private final RuleBook book;
    private final RuleChanges changes;

    RuleCommands(SyncFolders folders, RuleBook book, RuleChanges changes) {
        this.folders = folders;
        this.book = book;
        this.changes = changes;
    }

    void forget(OpenFolder folder) {
        changes.forget(folder);
    }

    Optional<String> notice() {
        return book.notice();
    }

    public RuleReport list(String directory) throws AgentException {
        return report(folders.at(Path.of(directory)));
    }

    public RuleReport add(RuleRequest request) throws AgentException {
        return change(request.directory(), "add a rule", addition(request));
    }

    public RulePreview preview(RuleRequest request) throws AgentException, TreeStoreException {
        OpenFolder folder = folders.at(Path.of(request.directory()));
        FolderEngine engine = folder.engine().orElseThrow(folder::resting);
        try {
            org.tidebox.sync.rules.FolderRules would = book.model().would(folder.definition().id(), addition(request));
            return Waiting.uninterrupted(() -> engine.preview(would));
        } catch (ModelException e) {
            throw new AgentException(e.getMessage(), e.isPermanent(), e);
        } catch (RuleException e) {
            throw new AgentException(e.getMessage(), true, e);
        }
    }

    private static RuleModel.Change addition(RuleRequest request) throws AgentException {
        RuleAction action = action(request.action());
        return rules -> insert(list(rules, request.upload()), request.at(), request.condition(), action);
    }

    /** Puts a rule at a place, from 1; 0 is the end. */
    static void insert(RuleList list, int at, String condition, RuleAction action) {
        int size = list.getRules().size();
        Rule rule = ModelFactory.eINSTANCE.createRule();
        rule.setCondition(condition);
        rule.setAction(action);
        list.getRules().add(at > 0 && at <= size ? at - 1 : size, rule);
    }

    public RuleReport setCandidates(String directory, boolean upload, String mode) throws AgentException {
        CandidateMode candidates = CandidateMode.get(mode);
        if (candidates == null) {
            throw new AgentException("'" + mode + "' is no way to find candidates; there are index and since-transfer");
        }
        return change(directory, "set how candidates are found",
                rules -> list(rules, upload).setCandidates(candidates));
    }

    public RuleReport setDefault(String directory, boolean upload, String action) throws AgentException {
        RuleAction otherwise = action(action);
        return change(directory, "set the default", rules -> list(rules, upload).setOtherwise(otherwise));
    }

    public RuleReport remove(String directory, boolean upload, int number) throws AgentException {
        RuleReport report = list(directory);
        int count = (upload ? report.up() : report.down()).rules().size();
        if (number < 1 || number > count) {
            throw new AgentException(new AgentProblem.NoSuchRule(upload, number, report.directory(), count));
        }
        return change(directory, "remove a rule", rules -> list(rules, upload).getRules().remove(number - 1));
    }

    private RuleReport change(String directory, String label, RuleModel.Change change) throws AgentException {
        OpenFolder folder = folders.at(Path.of(directory));
        changes.change(folder, label, change);
        return report(folder);
    }

    private RuleReport report(OpenFolder folder) throws AgentException {
        try {
            return book.report(folder.definition().id(), folder.root().toString());
        } catch (ModelException e) {
            throw new AgentException(e.getMessage(), e.isPermanent(), e);
        }
    }

    static RuleList list(FolderRules rules, boolean upload) {
        return upload ? rules.getUpload() : rules.getDownload();
    }

    private static RuleAction action(String name) throws AgentException {
        RuleAction action = RuleAction.get(name);
        if (action == null) {
            throw new AgentException("'" + name + "' is no action; there are transfer, hold and ask");
        }
        return action;
    }
}
