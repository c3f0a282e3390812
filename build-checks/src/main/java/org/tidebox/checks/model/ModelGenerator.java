package org.tidebox.checks.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.emf.codegen.ecore.generator.Generator;
import org.eclipse.emf.codegen.ecore.generator.GeneratorAdapterFactory;
import org.eclipse.emf.codegen.ecore.genmodel.GenModel;
import org.eclipse.emf.codegen.ecore.genmodel.GenModelPackage;
import org.eclipse.emf.codegen.ecore.genmodel.generator.GenBaseGeneratorAdapter;
import org.eclipse.emf.codegen.ecore.genmodel.generator.GenModelGeneratorAdapterFactory;
import org.eclipse.emf.common.util.BasicMonitor;
import org.eclipse.emf.common.util.Diagnostic;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.plugin.EcorePlugin;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.resource.ResourceSet;
import org.eclipse.emf.ecore.resource.impl.ResourceSetImpl;
import org.eclipse.emf.ecore.xmi.impl.EcoreResourceFactoryImpl;
import org.eclipse.emf.ecore.xmi.impl.XMIResourceFactoryImpl;

/** Generates {@code src-gen} of the model's bundle from its Ecore model, without an IDE. */
public final class ModelGenerator {
    /** The bundle that holds the model. */
    public static final String BUNDLE = "org.tidebox.model";
    /** The folder of the generated sources in it. */
    public static final String SOURCES = "src-gen";

    private static final String MODEL = "model/tidebox.genmodel";

    private ModelGenerator() {
    }

    /** Generates anew in the checkout whose root is the only argument. */
    public static void main(String[] arguments) throws IOException {
        Path bundle = Path.of(arguments[0]).toAbsolutePath().normalize().resolve("bundles").resolve(BUNDLE);
        delete(bundle.resolve(SOURCES));
        generate(bundle);
    }

    /**
     * Generates.
     *
     * @param bundle
     *            the bundle's folder, with the model in {@code model/} and no generated sources
     */
    public static void generate(Path bundle) throws IOException {
        EcorePlugin.getPlatformResourceMap().put(BUNDLE, URI.createFileURI(bundle + "/"));
        ResourceSet resources = new ResourceSetImpl();
        resources.getResourceFactoryRegistry().getExtensionToFactoryMap()
                .putAll(Map.of("ecore", new EcoreResourceFactoryImpl(), "genmodel", new XMIResourceFactoryImpl()));
        resources.getPackageRegistry().put(GenModelPackage.eNS_URI, GenModelPackage.eINSTANCE);
        Resource resource = resources.getResource(URI.createPlatformResourceURI(BUNDLE + "/" + MODEL, true), true);
        GenModel model = (GenModel) resource.getContents().getFirst();
        model.reconcile();
        model.setCanGenerate(true);
        Diagnostic result = generator(model).generate(model, GenBaseGeneratorAdapter.MODEL_PROJECT_TYPE,
                new BasicMonitor());
        if (result.getSeverity() != Diagnostic.OK) {
            throw new IOException(bundle + " cannot be generated: " + result);
        }
        stripTrailingBlanks(bundle.resolve(SOURCES));
    }

    private static Generator generator(GenModel model) {
        Generator generator = new Generator();
        generator.getAdapterFactoryDescriptorRegistry().addDescriptor(GenModelPackage.eNS_URI,
                (GeneratorAdapterFactory.Descriptor) GenModelGeneratorAdapterFactory.DESCRIPTOR);
        generator.setInput(model);
        return generator;
    }

    /** The templates leave blanks at ends of lines, and line ends of the machine. */
    private static void stripTrailingBlanks(Path folder) throws IOException {
        for (Path file : files(folder)) {
            if (Files.isRegularFile(file)) {
                Files.writeString(file, Files.readString(file).replaceAll("[ \\t]*\\r?\\n", "\n"));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        for (Path file : files(folder).reversed()) {
            Files.delete(file);
        }
    }

    /** Returns a folder and all in it, folders first; nothing if it does not exist. */
    public static List<Path> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
