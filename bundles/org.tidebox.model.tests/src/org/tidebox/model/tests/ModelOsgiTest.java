package org.tidebox.model.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;
import org.tidebox.model.ConditionCheck;
import org.tidebox.model.ModelConstraints;
import org.tidebox.model.ModelEditor;
import org.tidebox.model.ModelException;
import org.tidebox.model.ModelFile;
import org.tidebox.model.RuleAction;

/** EMF works in the framework without the rest of Eclipse. */
@Tag("D3")
class ModelOsgiTest {
    @TempDir
    Path home;

    @Test
    void configurationIsChangedSavedAndRead() throws ModelException {
        assertThat(FrameworkUtil.getBundle(ModelFile.class).getSymbolicName()).isEqualTo("org.tidebox.model");
        ModelFile file = new ModelFile(home.resolve(ModelFile.NAME), InstantSource.fixed(Instant.EPOCH));
        ModelEditor editor = new ModelEditor(file, file.load().configuration(),
                new ModelConstraints(ConditionCheck.NONE));
        editor.change("add", all -> all.getFolders().add(Samples.folder("f")));
        editor.change("default", all -> all.getFolders().getFirst().getUpload().setOtherwise(RuleAction.ASK));
        editor.undo();
        assertThat(file.load().configuration().getFolders().getFirst().getUpload().getOtherwise())
                .isEqualTo(RuleAction.TRANSFER);
    }
}
