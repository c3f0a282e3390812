package org.tidebox.model.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.emf.common.notify.Notification;
import org.eclipse.emf.ecore.util.EContentAdapter;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.model.Configuration;
import org.tidebox.model.ModelConstraints;
import org.tidebox.model.ModelEditor;
import org.tidebox.model.ModelException;
import org.tidebox.model.ModelFile;
import org.tidebox.model.ModelPackage;
import org.tidebox.model.RuleAction;

/** Changes are steps that are checked, saved, told, and can be taken back. */
@Tag("D3")
class ModelEditorTest {
    private static final Consumer<Configuration> ADD_RULE = configuration -> configuration.getFolders().getFirst()
            .getUpload().getRules().addFirst(Samples.rule("size > 50 MiB", RuleAction.HOLD));

    @TempDir
    Path home;

    private final Configuration configuration = Samples.configuration();
    private ModelFile file;
    private ModelEditor editor;

    @BeforeEach
    void edit() {
        file = new ModelFile(home.resolve(ModelFile.NAME), InstantSource.fixed(Instant.EPOCH));
        editor = new ModelEditor(file, configuration, new ModelConstraints(
                rule -> rule.getCondition().contains("bad") ? Optional.of("bad") : Optional.empty()));
    }

    @Test
    void stepIsSavedAndCanBeTakenBackAndMadeAgain() throws ModelException {
        editor.change("add a rule", ADD_RULE);
        Configuration changed = EcoreUtil.copy(configuration);
        assertSaved(changed);
        assertThat(editor.commands().getUndoCommand().getLabel()).isEqualTo("add a rule");
        editor.undo();
        assertSaved(Samples.configuration());
        editor.redo();
        assertSaved(changed);
        editor.undo();
        editor.undo();
        assertSaved(Samples.configuration());
    }

    @Test
    void manyStepsGoBackToTheStart() throws ModelException {
        editor.change("add", ADD_RULE);
        editor.change("remove", all -> all.getFolders().getFirst().getUpload().getRules().removeLast());
        editor.change("move", all -> all.getFolders().addFirst(Samples.folder("f2")));
        editor.change("default", all -> all.getFolders().getLast().getUpload().setOtherwise(RuleAction.HOLD));
        editor.change("forget", all -> all.getFolders().clear());
        for (int i = 0; i < 5; i++) {
            editor.undo();
        }
        assertSaved(Samples.configuration());
        assertThat(editor.commands().canUndo()).isFalse();
    }

    @Test
    void wrongStepHasNoEffect() throws ModelException {
        editor.change("add", ADD_RULE);
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> editor.change("bad",
                        all -> all.getFolders().getFirst().getUpload().getRules()
                                .add(Samples.rule("bad", RuleAction.HOLD))))
                .withMessage("upload rule 3: bad").matches(ModelException::isPermanent);
        assertThat(configuration.getFolders().getFirst().getUpload().getRules()).hasSize(2);
        assertSaved(configuration);
        assertThat(editor.commands().getUndoCommand().getLabel()).isEqualTo("add");
        assertThat(editor.commands().canRedo()).isFalse();
    }

    @Test
    void stepThatFailsHalfwayHasNoEffect() {
        assertThatIllegalStateException().isThrownBy(() -> editor.change("half", all -> {
            ADD_RULE.accept(all);
            throw new IllegalStateException("half");
        }));
        assertThat(EcoreUtil.equals(configuration, Samples.configuration())).isTrue();
        assertThat(file.path()).doesNotExist();
    }

    @Test
    void configurationThatIsWrongAlreadyCanBeMendedStepByStep() throws ModelException {
        var rules = configuration.getFolders().getFirst().getUpload().getRules();
        rules.add(Samples.rule("bad", RuleAction.HOLD));
        rules.add(Samples.rule("", RuleAction.HOLD));
        assertThat(editor.problems()).hasSize(2);
        editor.change("mend one", all -> rules.get(1).setCondition("all"));
        editor.change("mend the other", all -> rules.get(2).setCondition("all"));
        assertThat(editor.problems()).isEmpty();
        editor.read(all -> assertThat(all.getFolders()).hasSize(1));
    }

    @Test
    void stepThatCannotBeSavedHasNoEffect() throws ModelException, IOException {
        editor.change("add", ADD_RULE);
        Configuration saved = EcoreUtil.copy(configuration);
        Path good = home.resolve("configuration-good-1.xmi");
        Files.delete(good);
        Files.createDirectories(good.resolve("in the way"));
        assertThatExceptionOfType(ModelException.class).isThrownBy(() -> editor.change("again", ADD_RULE));
        assertSaved(saved);
        assertThatExceptionOfType(ModelException.class).isThrownBy(() -> editor.undo());
        assertSaved(saved);
    }

    @Test
    void stepWithoutChangeIsNone() throws ModelException {
        editor.change("nothing", all -> {
        });
        assertThat(editor.commands().canUndo()).isFalse();
        assertThat(file.path()).doesNotExist();
    }

    @Test
    void facesHearOfStepsAndOfStepsBack() throws ModelException {
        List<Object> features = new ArrayList<>();
        configuration.eAdapters().add(new EContentAdapter() {
            @Override
            public void notifyChanged(Notification notification) {
                super.notifyChanged(notification);
                if (!notification.isTouch() && notification.getEventType() != Notification.REMOVING_ADAPTER) {
                    features.add(notification.getFeature());
                }
            }
        });
        editor.change("add", ADD_RULE);
        assertThat(features).contains(ModelPackage.Literals.RULE_LIST__RULES);
        features.clear();
        editor.undo();
        assertThat(features).contains(ModelPackage.Literals.RULE_LIST__RULES);
    }

    private void assertSaved(Configuration expected) throws ModelException {
        assertThat(EcoreUtil.equals(configuration, expected)).isTrue();
        assertThat(EcoreUtil.equals(file.load().configuration(), expected)).isTrue();
    }
}
