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
@Command(name = "restore")
public final class RestoreCommand extends OnAgent {
    @Parameters(paramLabel = "PATH")
    private String path;

    @ArgGroup
    private State state;

    @Option(names = "--to", paramLabel = "DIR")
    private String to;

    @Spec
    private CommandSpec spec;

    public RestoreCommand(Context context) {
        super(context);
    }

    /** Which state; one way to say it. */
    static final class State {
        @Option(names = "--as-of", paramLabel = "TIME")
        private String asOf;

        @Option(names = "--version", paramLabel = "N")
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
