package org.tidebox.cli.internal.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Where the installed products are, and how to start their processes.
 *
 * @param client the folder of the client product, or {@code null} if unknown
 * @param server the folder of the server product, or {@code null} if unknown
 */
public record Product(Path client, Path server) {
    /** The system property and environment variables that the start scripts set. */
    static final String CLIENT_PROPERTY = "tidebox.product";
    static final String CLIENT_VARIABLE = "TIDEBOX_PRODUCT";
    static final String SERVER_PROPERTY = "tidebox.server.product";
    static final String SERVER_VARIABLE = "TIDEBOX_SERVER_PRODUCT";

    private static final boolean WINDOWS = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");

    /** Finds the products by what the start script says; a server product that is not named may be the product itself. */
    public static Product locate(Properties properties, Map<String, String> environment) {
        Path client = path(properties.getProperty(CLIENT_PROPERTY), environment.get(CLIENT_VARIABLE));
        Path server = path(properties.getProperty(SERVER_PROPERTY), environment.get(SERVER_VARIABLE));
        return new Product(client, server == null ? client : server);
    }

    /** Returns the command line of an agent on a home. */
    public List<String> agent(Path home, String... more) throws CommandFailure {
        return command(client, "client", CLIENT_VARIABLE, List.of("agent", "--home", home.toString()), more);
    }

    /** Returns the command line of a server on a data folder. */
    public List<String> server(Path data, String... more) throws CommandFailure {
        return command(server, "server", SERVER_VARIABLE, List.of("server", "run", "--data", data.toString()), more);
    }

    private static List<String> command(Path product, String what, String variable, List<String> arguments,
            String... more)
            throws CommandFailure {
        Path script = product == null ? null : product.resolve(WINDOWS ? "tidebox.cmd" : "tidebox");
        if (script == null || !Files.isRegularFile(script)) {
            throw new CommandFailure("The " + what + " product was not found" + (script == null ? "" : " at " + script)
                    + "; start this command through the product's 'tidebox' script, or set " + variable
                    + " to the product's folder");
        }
        List<String> command = new ArrayList<>();
        command.add(script.toString());
        command.addAll(arguments);
        command.addAll(List.of(more));
        return command;
    }

    private static Path path(String property, String variable) {
        String text = property == null || property.isBlank() ? variable : property;
        return text == null || text.isBlank() ? null : Path.of(text).toAbsolutePath().normalize();
    }
}
