package org.tidebox.cli.internal.shell;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.tidebox.agent.Home;
import org.tidebox.agent.Platform;
import org.tidebox.cli.internal.text.Ink;
import org.tidebox.cli.internal.text.Printer;

/**
 * What surrounds a command: streams, variables, the product.
 *
 * @param in what is typed or piped in
 * @param out for results
 * @param err for what went wrong
 * @param environment the variables of the process
 * @param product where the products are
 * @param directory the working directory, absolute
 * @param interactive whether a person sits at a terminal; asked late since finding out takes time
 */
public record Shell(InputStream in, Printer out, Printer err, Map<String, String> environment, Product product,
        Path directory, BooleanSupplier interactive) {

    /** Returns the shell of this process. */
    public static Shell ofProcess() {
        return new Shell(System.in, new Printer(new PrintStream(System.out, true, StandardCharsets.UTF_8)),
                new Printer(new PrintStream(System.err, true, StandardCharsets.UTF_8)), System.getenv(),
                Product.locate(System.getProperties(), System.getenv()), Path.of("").toAbsolutePath(),
                Terminal::isInteractive);
    }

    /** Returns the home that is meant: the given one, or that of the environment or the platform. */
    public Home home(String given) {
        return Home.locate(given == null ? null : resolve(given).toString(), product.client(), environment,
                Platform.current());
    }

    /** Returns the absolute path that a user at this place means. */
    public Path resolve(String path) {
        return directory.resolve(path).normalize();
    }

    /** Returns a path as a person at this place would write it. */
    public String show(String path) {
        Path absolute = Path.of(path);
        Path user = Platform.current().userHome();
        if (absolute.equals(directory)) {
            return ".";
        }
        if (absolute.startsWith(directory) && directory.getNameCount() > 0) {
            return directory.relativize(absolute).toString();
        }
        return absolute.startsWith(user) && !absolute.equals(user)
                ? Path.of("~").resolve(user.relativize(absolute)).toString()
                : path;
    }

    Ink ink() {
        return new Ink(Terminal.wantsColours(environment, interactive.getAsBoolean()));
    }
}
