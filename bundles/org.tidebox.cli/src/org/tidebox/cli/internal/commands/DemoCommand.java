package org.tidebox.cli.internal.commands;

import java.util.List;
import org.tidebox.cli.internal.demo.DemoResult;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidebox demo}. */
@Command(name = "demo")
public final class DemoCommand extends TideboxCommand {
    @Option(names = "--keep")
    private boolean keep;

    public DemoCommand(Context context) {
        super(context);
    }

    @Override
    public Outcome call() throws Exception {
        DemoResult result = DemoRun.of(shell, options.json, keep);
        return result.same()
                ? Outcome.done(result, List.of())
                : Outcome.failed(result, "tidebox: The two folders differ: " + String.join("; ", result.differences())
                        + "; run 'tidebox demo --keep' and look at the logs in demo/*-home/log");
    }
}
