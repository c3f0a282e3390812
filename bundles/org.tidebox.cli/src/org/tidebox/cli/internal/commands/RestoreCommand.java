package org.tidebox.cli.internal.commands;

import java.time.ZoneId;
import org.tidebox.agent.Agent;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.RestoreReport;
import org.tidebox.agent.RestoreRequest;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.text.TimeText;
import org.tidebox.feature.SystemTime;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidebox restore}. */
@Command(name = "restore", description = {"Bring back an earlier state of a file, a folder or a whole sync folder.",
        "What was added since stays; what is replaced stays in 'tidebox history'."})
public final class RestoreCommand extends OnAgent {
    @Parameters(paramLabel = "PATH", description = "A file or folder in a sync folder, or a sync folder. What was"
            + " deleted comes back as it was last, unless you say which state.")
    private String path;

    @ArgGroup
    private State state;

    @Option(names = "--to", paramLabel = "DIR",
            description = "Write it into this directory, outside of all sync folders, and change nothing in its place.")
    private String to;

    @Spec
    private CommandSpec spec;

    public RestoreCommand(Context context) {
        super(context);
    }

    /** Which state; one way to say it. */
    static final class State {
        @Option(names = "--as-of", paramLabel = "TIME",
                description = "As it was then: 2h, 3d, yesterday, 2026-01-31, '2026-01-31 10:00' or ISO 8601.")
        private String asOf;

        @Option(names = "--version", paramLabel = "N", description = "A version that 'tidebox history' lists.")
        private long version;
    }

    @Override
    public Outcome call() throws Exception {
        RestoreRequest request = new RestoreRequest(shell.resolve(path).toString(), asOf(),
                state == null ? 0 : state.version, to == null ? null : shell.resolve(to).toString());
        return agent(agent -> restore(agent, request));
    }

    private Outcome restore(Agent agent, RestoreRequest request) throws AgentException {
        try (RestoreWatch watch = new RestoreWatch(shell, agent)) {
            watch.start();
            RestoreReport report = agent.restore(request);
            watch.close();
            return new RestoreText(shell).outcome(report);
        }
    }

    private String asOf() {
        if (state == null || state.asOf == null) {
            return null;
        }
        try {
            return TimeText.parse(state.asOf, SystemTime.clock(), ZoneId.systemDefault()).toString();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
