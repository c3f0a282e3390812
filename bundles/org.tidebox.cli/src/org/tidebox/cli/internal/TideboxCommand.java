package org.tidebox.cli.internal;

import java.util.concurrent.Callable;

/** A command: does its work, and leaves the showing to what called it. */
abstract class TideboxCommand implements Callable<Outcome> {
    final Shell shell;
    final GlobalOptions options;

    TideboxCommand(Context context) {
        this.shell = context.shell();
        this.options = context.options();
    }

    /**
     * What every command gets.
     *
     * @param shell what surrounds it
     * @param options what the user asked of every command
     */
    record Context(Shell shell, GlobalOptions options) {
    }

    @Override
    public abstract Outcome call() throws Exception;
}
