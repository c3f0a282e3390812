package org.tidebox.cli.internal.shell;

import java.util.concurrent.Callable;

/** A command: does its work, and leaves the showing to what called it. */
public abstract class TideboxCommand implements Callable<Outcome> {
    protected final Shell shell;
    protected final GlobalOptions options;

    protected TideboxCommand(Context context) {
        this.shell = context.shell();
        this.options = context.options();
    }

    /**
     * What every command gets.
     *
     * @param shell what surrounds it
     * @param options what the user asked of every command
     */
    public record Context(Shell shell, GlobalOptions options) {
    }

    @Override
    public abstract Outcome call() throws Exception;
}
