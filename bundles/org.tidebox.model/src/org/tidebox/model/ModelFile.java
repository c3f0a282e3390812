package org.tidebox.model;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import org.tidebox.files.DurableFile;
import org.tidebox.model.internal.Xmi;

/**
 * The file that a device keeps its configuration in, with the last good copy of it beside. The copy's name tells the
 * version of its format, so that a newer program leaves that of an older one as it is.
 */
public final class ModelFile {
    /** The version of the format that this program writes; it reads none that is newer. */
    public static final int FORMAT = 1;
    /** The usual name. */
    public static final String NAME = "configuration.xmi";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
            .withZone(ZoneOffset.UTC);

    private final DurableFile file;
    private final DurableFile good;
    private final InstantSource clock;

    /** Uses a file, which need not exist. */
    public ModelFile(Path file, InstantSource clock) {
        this.file = new DurableFile(file);
        this.good = new DurableFile(file.resolveSibling("configuration-good-" + FORMAT + ".xmi"));
        this.clock = clock;
    }

    /**
     * What was read.
     *
     * @param configuration the configuration, an empty one if nothing was ever configured
     * @param notice what the person should be told, as that the last good copy had to be used
     */
    public record Loaded(Configuration configuration, Optional<String> notice) {
    }

    /** Returns the file. */
    public Path path() {
        return file.path();
    }

    /** Returns a configuration in which nothing is configured. */
    public static Configuration empty() {
        Configuration configuration = ModelFactory.eINSTANCE.createConfiguration();
        configuration.setFormatVersion(FORMAT);
        return configuration;
    }

    /**
     * Reads the configuration. A file that is damaged or from a newer program is kept under another name, and the last
     * good copy takes its place.
     *
     * @throws ModelException if there is no good copy either; the file is then left as it is
     */
    public Loaded load() throws ModelException {
        try {
            Optional<byte[]> text = file.read();
            if (text.isEmpty()) {
                return missing();
            }
            try {
                return new Loaded(parse(text.get()), Optional.empty());
            } catch (IOException e) {
                return replaced(text.get(), e);
            }
        } catch (IOException e) {
            throw new ModelException("The configuration " + file.path() + " cannot be read: " + e.getMessage(),
                    file.path(), false, e);
        }
    }

    /**
     * Writes the configuration; it is durable when this returns.
     *
     * @throws ModelException if it cannot be written; the old one is still there
     */
    public void save(Configuration configuration) throws ModelException {
        try {
            replace(Xmi.write(configuration));
        } catch (IOException e) {
            throw new ModelException("The configuration " + file.path() + " cannot be written: " + e.getMessage(),
                    file.path(), false, e);
        }
    }

    private void replace(byte[] text) throws IOException {
        Optional<byte[]> old = file.read();
        write(file, text);
        try {
            write(good, text);
        } catch (IOException e) {
            if (old.isPresent()) {
                write(file, old.get());
            }
            throw e;
        }
    }

    private static void write(DurableFile file, byte[] text) throws IOException {
        if (file.read().filter(old -> Arrays.equals(old, text)).isEmpty()) {
            file.replace(text);
        }
    }

    private static Configuration parse(byte[] text) throws IOException {
        int version = Xmi.formatVersion(text);
        if (version < 1) {
            throw new IOException("it has version " + version + " of the format; the first one was 1");
        }
        if (version > FORMAT) {
            throw new IOException("it has version " + version + " of the format, and this program reads up to "
                    + FORMAT);
        }
        return Xmi.read(text);
    }

    private Loaded missing() throws IOException {
        Optional<byte[]> copy = good.read();
        if (copy.isEmpty()) {
            return new Loaded(empty(), Optional.empty());
        }
        Configuration configuration = parse(copy.get());
        file.replace(copy.get());
        return new Loaded(configuration, Optional.of("The configuration " + file.path()
                + " was missing; the last good copy is used again"));
    }

    private Loaded replaced(byte[] text, IOException damage) throws IOException, ModelException {
        Optional<byte[]> copy = good.read();
        if (copy.isEmpty()) {
            throw new ModelException("The configuration " + file.path() + " cannot be used: " + clause(damage)
                    + ". There is no good copy; mend the file, or remove it to begin without rules", file.path(), true,
                    damage);
        }
        Configuration configuration = parse(copy.get());
        Path aside = file.moveAside(asideName());
        file.replace(copy.get());
        return new Loaded(configuration, Optional.of("The configuration " + file.path() + " could not be used: "
                + clause(damage) + ". It is kept as " + aside.getFileName() + " (" + text.length
                + " bytes), and the last good copy is used"));
    }

    /** Parsers end what they say with a full stop, and it is put into a sentence here. */
    private static String clause(IOException damage) {
        return String.valueOf(damage.getMessage()).strip().replaceFirst("\\.$", "");
    }

    private String asideName() {
        Instant now = clock.instant();
        return "configuration-damaged-" + TIME.format(now) + ".xmi";
    }
}
