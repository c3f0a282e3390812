package org.tidebox.fuzz.tests;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.tidebox.model.FolderRules;
import org.tidebox.model.ModelException;
import org.tidebox.model.ModelFactory;
import org.tidebox.model.ModelFile;
import org.tidebox.model.Rule;
import org.tidebox.model.RuleAction;
import org.tidebox.model.TypeGroup;

/** The file in which a device keeps its configuration, as XMI. */
final class ConfigurationTarget implements Target {
    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private final Path path = disk.getPath("/" + ModelFile.NAME);
    private final ModelFile file = new ModelFile(path, InstantSource.fixed(Instant.EPOCH));

    /** The parser of XML sets aside tables of its own. */
    @Override
    public long allocation(int length) {
        return (64 << 20) + 20_000L * length;
    }

    @Override
    public void accept(byte[] input) throws Exception {
        Files.deleteIfExists(path.resolveSibling("configuration-good-" + ModelFile.FORMAT + ".xmi"));
        Files.write(path, input);
        org.tidebox.model.Configuration read;
        try {
            read = file.load().configuration();
        } catch (ModelException e) {
            return;
        }
        file.save(read);
        if (!EcoreUtil.equals(read, file.load().configuration())) {
            throw new AssertionError("a configuration changes when it is written");
        }
    }

    @Override
    public List<byte[]> seeds() {
        try {
            org.tidebox.model.Configuration configuration = ModelFile.empty();
            FolderRules folder = ModelFactory.eINSTANCE.createFolderRules();
            folder.setFolder("/home/ada/docs");
            folder.setUpload(ModelFactory.eINSTANCE.createRuleList());
            Rule rule = ModelFactory.eINSTANCE.createRule();
            rule.setCondition("size > 5 MiB");
            rule.setAction(RuleAction.HOLD);
            folder.getUpload().getRules().add(rule);
            configuration.getFolders().add(folder);
            TypeGroup group = ModelFactory.eINSTANCE.createTypeGroup();
            group.setName("mine");
            group.getTypes().add("pdf");
            configuration.getGroups().add(group);
            file.save(configuration);
            return List.of(Files.readAllBytes(path));
        } catch (IOException | ModelException e) {
            throw new IllegalStateException("a configuration in memory can be written", e);
        }
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
