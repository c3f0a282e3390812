package org.tidebox.cli.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidebox} without a command. */
@Command(name = "tidebox", sortOptions = false)
final class RootCommand extends TideboxCommand {
    @Option(names = {"-V", "--version"})
    private boolean version;

    @Spec
    private CommandSpec spec;

    RootCommand(Context context) {
        super(context);
    }

    @Override
    public Outcome call() throws IOException {
        if (!version) {
            throw new ParameterException(spec.commandLine(), "'tidebox' needs a command");
        }
        String text = readVersion();
        return Outcome.done(Map.of("product", "tidebox", "version", text), "tidebox " + text);
    }

    private static String readVersion() throws IOException {
        try (InputStream in = RootCommand.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        }
    }
}
