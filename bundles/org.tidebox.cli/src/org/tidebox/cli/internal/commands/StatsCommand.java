package org.tidebox.cli.internal.commands;

import java.time.Duration;
import java.util.List;
import org.tidebox.agent.AgentStats;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import picocli.CommandLine.Command;

/** {@code tidebox stats}. */
@Command(name = "stats")
public final class StatsCommand extends OnAgent {
    public StatsCommand(Context context) {
        super(context);
    }

    @Override
    public Outcome call() throws Exception {
        return agent(agent -> {
            AgentStats stats = agent.stats();
            return Outcome.done(stats, text(stats));
        });
    }

    private static List<String> text(AgentStats stats) {
        return new Table("SINCE THE START", Units.duration(Duration.ofMillis(stats.uptimeMillis())) + " AGO")
                .row("sent", Units.bytes(stats.sent()))
                .row("received", Units.bytes(stats.received()))
                .row("requests", Units.count(stats.requests()))
                .row("files sent", Units.count(stats.filesUploaded()))
                .row("files fetched", Units.count(stats.filesDownloaded())).lines();
    }
}
