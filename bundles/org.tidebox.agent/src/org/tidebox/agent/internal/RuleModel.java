package org.tidebox.agent.internal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.tidebox.agent.RuleReport;
import org.tidebox.model.Configuration;
import org.tidebox.model.ModelConstraints;
import org.tidebox.model.ModelEditor;
import org.tidebox.model.ModelException;
import org.tidebox.model.ModelFactory;
import org.tidebox.model.ModelFile;
import org.tidebox.rules.Action;
import org.tidebox.rules.ConditionException;
import org.tidebox.rules.ConditionParser;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Rule;
import org.tidebox.rules.RuleException;
import org.tidebox.rules.RuleList;
import org.tidebox.rules.TypeDetector;
import org.tidebox.rules.TypeGroups;
import org.tidebox.sync.FolderId;
import org.tidebox.sync.FolderRules;

/** What is configured, as rules. The only one here that knows the model. Thread-safe. */
final class RuleModel {
    private final ModelEditor editor;
    private final Optional<String> notice;
    private final TypeDetector types;

    private RuleModel(ModelEditor editor, Optional<String> notice, TypeDetector types) {
        this.editor = editor;
        this.notice = notice;
        this.types = types;
    }

    static RuleModel open(Path file, TypeDetector types, InstantSource clock) throws ModelException {
        ModelFile kept = new ModelFile(file, clock);
        ModelFile.Loaded loaded = kept.load();
        ModelConstraints constraints = new ModelConstraints(RuleModel::problem);
        return new RuleModel(new ModelEditor(kept, loaded.configuration(), constraints), loaded.notice(), types);
    }

    private static Optional<String> problem(org.tidebox.model.Rule rule) {
        try {
            ConditionParser.parse(rule.getCondition());
            return Optional.empty();
        } catch (ConditionException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** What to change of one folder's rules. */
    @FunctionalInterface
    interface Change {
        void make(org.tidebox.model.FolderRules rules);
    }

    Optional<String> notice() {
        return notice;
    }

    /** Returns what decides on a folder's transfers; where that cannot be used, nothing is transferred. */
    FolderRules rules(FolderId folder) {
        List<FolderRules> found = new ArrayList<>();
        editor.read(all -> find(all, folder).ifPresent(rules -> found.add(compiled(all, rules))));
        return found.isEmpty() ? FolderRules.NONE : found.getFirst();
    }

    private FolderRules compiled(Configuration all, org.tidebox.model.FolderRules rules) {
        return new FolderRules(decider(all, rules.getUpload()), decider(all, rules.getDownload()));
    }

    private Decider decider(Configuration all, org.tidebox.model.RuleList list) {
        try {
            return compile(all, list);
        } catch (RuleException e) {
            return Decider.broken(e.problems());
        }
    }

    private Decider compile(Configuration all, org.tidebox.model.RuleList list) throws RuleException {
        if (list == null) {
            throw new RuleException(List.of("the list of rules is missing"));
        }
        RuleList rules = read(list);
        return rules.equals(RuleList.EVERYTHING) ? Decider.TRANSFER_ALL : Decider.of(rules, groups(all), types);
    }

    private static RuleList read(org.tidebox.model.RuleList list) throws RuleException {
        List<Rule> rules = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (org.tidebox.model.Rule rule : list.getRules()) {
            try {
                rules.add(new Rule(ConditionParser.parse(String.valueOf(rule.getCondition())),
                        Action.valueOf(rule.getAction().name())));
            } catch (ConditionException e) {
                problems.add("rule " + (rules.size() + problems.size() + 1) + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new RuleException(problems);
        }
        return new RuleList(rules, Action.valueOf(list.getOtherwise().name()));
    }

    private static TypeGroups groups(Configuration all) {
        Map<String, List<String>> own = new HashMap<>();
        all.getGroups().forEach(group -> own.put(group.getName(), List.copyOf(group.getTypes())));
        return TypeGroups.with(own);
    }

    /**
     * Changes the rules of a folder.
     *
     * @throws RuleException if they could not be used then; nothing is changed
     */
    void change(FolderId folder, String label, Change change) throws ModelException, RuleException {
        List<String> before = problems(folder);
        editor.change(label, all -> change.make(find(all, folder).orElseGet(() -> add(all, folder))));
        List<String> after = new ArrayList<>(problems(folder));
        after.removeAll(before);
        if (!after.isEmpty()) {
            editor.undo();
            throw new RuleException(after);
        }
    }

    /**
     * Returns what would decide on a folder's transfers after a change, which is not made.
     *
     * @throws RuleException if the rules could not be used then
     */
    FolderRules would(FolderId folder, Change change) throws RuleException {
        List<Configuration> copies = new ArrayList<>();
        editor.read(all -> copies.add(EcoreUtil.copy(all)));
        Configuration copy = copies.getFirst();
        org.tidebox.model.FolderRules rules = find(copy, folder).orElseGet(() -> add(copy, folder));
        change.make(rules);
        return new FolderRules(compile(copy, rules.getUpload()), compile(copy, rules.getDownload()));
    }

    RuleReport report(FolderId folder, String directory) {
        RuleReport.Rules none = new RuleReport.Rules(List.of(), "transfer");
        List<RuleReport> reports = new ArrayList<>();
        List<String> problems = problems(folder);
        String problem = problems.isEmpty() ? null : String.join("; ", problems);
        editor.read(all -> find(all, folder).ifPresent(rules -> reports
                .add(new RuleReport(directory, lines(rules.getUpload()), lines(rules.getDownload()), problem))));
        return reports.isEmpty() ? new RuleReport(directory, none, none, null) : reports.getFirst();
    }

    private static RuleReport.Rules lines(org.tidebox.model.RuleList list) {
        return list == null
                ? new RuleReport.Rules(List.of(), "transfer")
                : new RuleReport.Rules(list.getRules().stream()
                        .map(rule -> new RuleReport.Line(String.valueOf(rule.getCondition()),
                                rule.getAction().getLiteral()))
                        .toList(), list.getOtherwise().getLiteral());
    }

    private List<String> problems(FolderId folder) {
        List<String> problems = new ArrayList<>();
        Consumer<Configuration> look = all -> find(all, folder).ifPresent(rules -> {
            look(all, rules.getUpload(), "upload ", problems);
            look(all, rules.getDownload(), "download ", problems);
        });
        editor.read(look);
        return problems;
    }

    private void look(Configuration all, org.tidebox.model.RuleList list, String prefix, List<String> problems) {
        try {
            compile(all, list);
        } catch (RuleException e) {
            e.problems().forEach(problem -> problems.add(prefix + problem));
        }
    }

    private static Optional<org.tidebox.model.FolderRules> find(Configuration all, FolderId folder) {
        return all.getFolders().stream().filter(rules -> folder.value().equals(rules.getFolder())).findFirst();
    }

    private static org.tidebox.model.FolderRules add(Configuration all, FolderId folder) {
        org.tidebox.model.FolderRules rules = ModelFactory.eINSTANCE.createFolderRules();
        rules.setFolder(folder.value());
        rules.setUpload(ModelFactory.eINSTANCE.createRuleList());
        rules.setDownload(ModelFactory.eINSTANCE.createRuleList());
        all.getFolders().add(rules);
        return rules;
    }
}
