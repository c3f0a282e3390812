package org.tidebox.cli.internal.commands;

import java.time.Duration;
import java.util.Map;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.text.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidebox wait}. */
@Command(name = "wait")
public final class WaitCommand extends OnAgent {
    private static final long MILLIS = 1000;

    @Option(names = "--timeout", paramLabel = "S", defaultValue = "3600")
    private double timeout;

    public WaitCommand(Context context) {
        super(context);
    }

    @Override
    public Outcome call() throws Exception {
        return agent(agent -> {
            long started = System.nanoTime();
            boolean synced = agent.waitUntilSynced((long) (Math.max(0, timeout) * MILLIS));
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            Map<String, Object> document = Map.of("synced", synced, "millis", took.toMillis());
            WaitText text = new WaitText(shell, agent.status());
            return synced
                    ? Outcome.done(document, text.synced())
                    : Outcome.failed(document,
                            "tidebox: Not up to date" + within(took) + ": " + text.reason());
        });
    }

    /** A wait that ends before its time was cut short by what it tells. */
    private String within(Duration took) {
        return took.toMillis() < timeout * MILLIS ? "" : " within " + Units.duration(took);
    }
}
