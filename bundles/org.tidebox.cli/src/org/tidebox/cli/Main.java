package org.tidebox.cli;

import org.tidebox.cli.internal.Tidebox;
import org.tidebox.cli.internal.shell.Shell;

/** Where the process of the command line begins. */
public final class Main {
    private Main() {
    }

    /** Carries out the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(new Tidebox(Shell.ofProcess()).run(arguments));
    }
}
