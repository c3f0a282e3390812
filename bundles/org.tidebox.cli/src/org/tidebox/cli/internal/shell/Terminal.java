package org.tidebox.cli.internal.shell;

import java.io.Console;
import java.util.Map;

/** Whether a person looks at the output. */
public final class Terminal {
    private Terminal() {
    }

    /** Returns whether input and output are a terminal. */
    public static boolean isInteractive() {
        Console console = System.console();
        return console != null && isTerminal(console);
    }

    /** Returns whether colours are welcome: on a terminal that is not a dumb one, unless {@code NO_COLOR} is set (no-color.org). */
    public static boolean wantsColours(Map<String, String> environment, boolean interactive) {
        String noColour = environment.getOrDefault("NO_COLOR", "");
        return interactive && noColour.isEmpty() && !"dumb".equals(environment.get("TERM"));
    }

    /** From Java 22 on there is a console also without a terminal, and a method to ask, which Java 21 does not have. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
