package org.tidebox.server.data;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Where a server keeps its data and where it listens. A service: the command line makes it in the product, tests make
 * their own.
 *
 * @param data the data folder
 * @param host the name or address to listen on, or {@code null} for all addresses
 * @param port the port to listen on, 0 for any free one
 * @param isTransient whether the process only carries out operator commands and serves no devices
 * @param options what {@link #OPTIONS_FILE} in the data folder says, such as {@code metadata.url}
 */
public record ServerLocation(Path data, String host, int port, boolean isTransient, Map<String, String> options) {
    /** The port that is used where none is named. */
    public static final int DEFAULT_PORT = 8443;
    /** The file of options in the data folder. */
    public static final String OPTIONS_FILE = "server.properties";
    /** The option for the address that devices use, where it is not the one that the server listens on. */
    public static final String PUBLIC_URL = "public.url";

    private static final int MAX_PORT = 65_535;
    private static final List<String> COMMAND = List.of("server", "run");

    /** Freezes the options. */
    public ServerLocation {
        options = Map.copyOf(options);
    }

    /** Returns whether a command line is meant for a server: it begins with {@code server} or names a data folder. */
    public static boolean isMeantBy(List<String> arguments) {
        return !arguments.isEmpty() && arguments.getFirst().equals(COMMAND.getFirst())
                || arguments.stream().anyMatch(argument -> argument.equals("--data") || argument.startsWith("--data="));
    }

    /**
     * Reads a command line, {@code [server run] --data DIR [--host H] [--port P] [--transient]}, and the options in the
     * data folder.
     *
     * @throws ServerStartException if the command line or the options cannot be understood
     */
    public static ServerLocation parse(List<String> arguments) throws ServerStartException {
        Map<String, String> named = new HashMap<>();
        boolean alone = false;
        int first = arguments.size() > 1 && arguments.subList(0, 2).equals(COMMAND) ? 2 : 0;
        for (int i = first; i < arguments.size(); i++) {
            String[] argument = arguments.get(i).split("=", 2);
            switch (argument[0]) {
                case "--transient" -> alone = true;
                case "--data", "--host", "--port" -> {
                    boolean separate = argument.length == 1;
                    named.put(argument[0], separate ? valueAfter(arguments, i) : argument[1]);
                    i += separate ? 1 : 0;
                }
                default -> throw usage("'" + arguments.get(i) + "' is not an option");
            }
        }
        Path data = folder(named.get("--data"));
        return new ServerLocation(data, named.get("--host"), port(named.get("--port")), alone, options(data));
    }

    private static String valueAfter(List<String> arguments, int at) throws ServerStartException {
        if (at + 1 == arguments.size()) {
            throw usage("'" + arguments.get(at) + "' needs a value");
        }
        return arguments.get(at + 1);
    }

    private static Path folder(String text) throws ServerStartException {
        if (text == null || text.isEmpty()) {
            throw usage("--data DIR is missing");
        }
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw usage("'" + text + "' is not a folder name");
        }
    }

    private static int port(String text) throws ServerStartException {
        try {
            int port = text == null ? DEFAULT_PORT : Integer.parseInt(text);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw usage("a port is a number, got '" + text + "'");
        }
        throw usage("a port is 0 to " + MAX_PORT + ", got " + text);
    }

    private static Map<String, String> options(Path data) throws ServerStartException {
        Path file = data.resolve(OPTIONS_FILE);
        Properties read = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                read.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new ServerStartException(ServerStartException.FAILED,
                        "The options in " + file + " cannot be read: " + e.getMessage());
            }
        }
        Map<String, String> options = new HashMap<>();
        read.stringPropertyNames().forEach(name -> options.put(name, read.getProperty(name).strip()));
        return options;
    }

    private static ServerStartException usage(String wrong) {
        return new ServerStartException(ServerStartException.USAGE,
                wrong + "; usage: tidebox server run --data DIR [--host H] [--port P]");
    }
}
