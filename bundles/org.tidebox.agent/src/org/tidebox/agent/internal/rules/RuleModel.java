package org.tidebox.agent.internal.rules;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.tidebox.agent.RuleReport;
import org.tidebox.agent.TypeGroupReport;
import org.tidebox.model.Configuration;
import org.tidebox.model.ModelConstraints;
import org.tidebox.model.ModelEditor;
import org.tidebox.model.ModelException;
import org.tidebox.model.ModelFactory;
import org.tidebox.model.ModelFile;
import org.tidebox.rules.ConditionException;
import org.tidebox.rules.ConditionParser;
import org.tidebox.rules.RuleException;
import org.tidebox.rules.TypeDetector;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.rules.FolderRules;

/** What is configured, as rules; each change is checked and kept, or has no effect. Thread-safe. */
final class RuleModel {
    private final ModelEditor editor;
    private final Optional<String> notice;
    private final RuleCompiler compiler;

    private RuleModel(ModelEditor editor, Optional<String> notice, RuleCompiler compiler) {
        this.editor = editor;
        this.notice = notice;
        this.compiler = compiler;
    }

    static RuleModel open(Path file, TypeDetector types, InstantSource clock) throws ModelException {
        ModelFile kept = new ModelFile(file, clock);
        ModelFile.Loaded loaded = kept.load();
        ModelConstraints constraints = new ModelConstraints(RuleModel::problem);
        return new RuleModel(new ModelEditor(kept, loaded.configuration(), constraints), loaded.notice(),
                new RuleCompiler(types));
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
        return read(all -> compiler.rules(all, folder));
    }

    RuleReport report(FolderId folder, String directory) {
        return read(all -> compiler.report(all, folder, directory));
    }

    List<TypeGroupReport> groups() {
        return read(compiler::groupReports);
    }

    private <T> T read(Function<Configuration, T> reader) {
        List<T> read = new ArrayList<>();
        editor.read(all -> read.add(reader.apply(all)));
        return read.getFirst();
    }

    /**
     * Changes the rules of a folder.
     *
     * @throws RuleException if they could not be used then; nothing is changed
     */
    void change(FolderId folder, String label, Change change) throws ModelException, RuleException {
        change(label, all -> change.make(RuleCompiler.find(all, folder).orElseGet(() -> add(all, folder))));
    }

    /**
     * Changes what is configured.
     *
     * @throws RuleException if rules could not be used then that can be used now; nothing is changed
     */
    void change(String label, Consumer<Configuration> change) throws ModelException, RuleException {
        List<String> before = read(compiler::problems);
        editor.change(label, change);
        List<String> after = new ArrayList<>(read(compiler::problems));
        after.removeAll(before);
        if (!after.isEmpty()) {
            editor.undo();
            throw new RuleException(after);
        }
    }

    /** Forgets the rules of a folder that is none any more. */
    void forget(FolderId folder) throws ModelException {
        editor.change("forget the rules of a folder",
                all -> RuleCompiler.find(all, folder).ifPresent(rules -> all.getFolders().remove(rules)));
    }

    /**
     * Returns what would decide on a folder's transfers after a change, which is not made.
     *
     * @throws RuleException if the rules could not be used then
     */
    FolderRules would(FolderId folder, Change change) throws RuleException {
        Configuration copy = read(EcoreUtil::copy);
        change.make(RuleCompiler.find(copy, folder).orElseGet(() -> add(copy, folder)));
        return compiler.strictRules(copy, folder);
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
