package org.tidebox.agent.internal.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.agent.RuleReport;
import org.tidebox.agent.TypeGroupReport;
import org.tidebox.model.Configuration;
import org.tidebox.rules.Action;
import org.tidebox.rules.CandidateMode;
import org.tidebox.rules.ConditionException;
import org.tidebox.rules.ConditionParser;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Rule;
import org.tidebox.rules.RuleException;
import org.tidebox.rules.RuleList;
import org.tidebox.rules.TypeDetector;
import org.tidebox.rules.TypeGroups;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.rules.FolderRules;

/**
 * Makes of what is configured what decides, and what people see.
 *
 * @param types knows types of files
 */
record RuleCompiler(TypeDetector types) {
    private static final RuleReport.Rules NONE = new RuleReport.Rules(List.of(), "transfer");

    /** Makes a decider of a list of rules. */
    @FunctionalInterface
    private interface Maker {
        Decider make(Configuration all, org.tidebox.model.RuleList list) throws RuleException;
    }

    /** Returns what decides on a folder's transfers; where that cannot be used, nothing is transferred. */
    FolderRules rules(Configuration all, FolderId folder) {
        try {
            return rules(all, folder, this::lenient);
        } catch (RuleException e) {
            throw new IllegalStateException("rules that cannot be used are no error here", e);
        }
    }

    /**
     * Returns what decides on a folder's transfers.
     *
     * @throws RuleException if it cannot be used
     */
    FolderRules strictRules(Configuration all, FolderId folder) throws RuleException {
        return rules(all, folder, this::strict);
    }

    private static FolderRules rules(Configuration all, FolderId folder, Maker maker) throws RuleException {
        Optional<org.tidebox.model.FolderRules> found = find(all, folder);
        if (found.isEmpty()) {
            return FolderRules.NONE;
        }
        org.tidebox.model.RuleList up = found.get().getUpload();
        org.tidebox.model.RuleList down = found.get().getDownload();
        return new FolderRules(maker.make(all, up), maker.make(all, down), candidates(up), candidates(down));
    }

    private static CandidateMode candidates(org.tidebox.model.RuleList list) {
        return list == null ? CandidateMode.INDEX : CandidateMode.valueOf(list.getCandidates().name());
    }

    private Decider lenient(Configuration all, org.tidebox.model.RuleList list) {
        try {
            return strict(all, list);
        } catch (RuleException e) {
            return Decider.broken(e.problems());
        }
    }

    private Decider strict(Configuration all, org.tidebox.model.RuleList list) throws RuleException {
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

    List<TypeGroupReport> groupReports(Configuration all) {
        List<String> own = all.getGroups().stream().map(org.tidebox.model.TypeGroup::getName).toList();
        TypeGroups groups = groups(all);
        return groups.names().stream()
                .map(name -> new TypeGroupReport(name, groups.types(name), own.contains(name))).toList();
    }

    /** Returns all that is wrong with the groups of types and with the rules of all folders. */
    List<String> problems(Configuration all) {
        List<String> problems = new ArrayList<>();
        TypeGroups groups = groups(all);
        all.getGroups().forEach(group -> groups.problem(group.getName(), types)
                .ifPresent(problem -> problems.add("group '" + group.getName() + "': " + problem)));
        for (org.tidebox.model.FolderRules rules : all.getFolders()) {
            problems.addAll(problems(all, rules));
        }
        return problems;
    }

    private List<String> problems(Configuration all, org.tidebox.model.FolderRules rules) {
        List<String> problems = new ArrayList<>();
        look(all, rules.getUpload(), "upload ", problems);
        look(all, rules.getDownload(), "download ", problems);
        return problems;
    }

    private void look(Configuration all, org.tidebox.model.RuleList list, String prefix, List<String> problems) {
        try {
            strict(all, list);
        } catch (RuleException e) {
            e.problems().forEach(problem -> problems.add(prefix + problem));
        }
    }

    /** Returns the rules of a folder that has none. */
    static RuleReport noRules(String directory) {
        return new RuleReport(directory, NONE, NONE, null);
    }

    RuleReport report(Configuration all, FolderId folder, String directory) {
        Optional<org.tidebox.model.FolderRules> found = find(all, folder);
        if (found.isEmpty()) {
            return noRules(directory);
        }
        List<String> problems = problems(all, found.get());
        return new RuleReport(directory, lines(found.get().getUpload()), lines(found.get().getDownload()),
                problems.isEmpty() ? null : String.join("; ", problems));
    }

    private static RuleReport.Rules lines(org.tidebox.model.RuleList list) {
        return list == null
                ? NONE
                : new RuleReport.Rules(list.getRules().stream()
                        .map(rule -> new RuleReport.Line(String.valueOf(rule.getCondition()),
                                rule.getAction().getLiteral()))
                        .toList(), list.getOtherwise().getLiteral(), list.getCandidates().getLiteral());
    }

    static Optional<org.tidebox.model.FolderRules> find(Configuration all, FolderId folder) {
        return all.getFolders().stream().filter(rules -> folder.value().equals(rules.getFolder())).findFirst();
    }
}
