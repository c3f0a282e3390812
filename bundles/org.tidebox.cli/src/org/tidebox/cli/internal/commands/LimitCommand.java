package org.tidebox.cli.internal.commands;

import java.util.List;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.remote.Bandwidth;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidebox limit}. */
@Command(name = "limit", sortOptions = false)
public final class LimitCommand extends OnAgent {
    private static final String OFF = "off";

    @Option(names = "--up", paramLabel = "RATE")
    private String up;

    @Option(names = "--down", paramLabel = "RATE")
    private String down;

    @Spec
    private CommandSpec spec;

    public LimitCommand(Context context) {
        super(context);
    }

    @Override
    public Outcome call() throws Exception {
        // What is no rate is told before any agent is started.
        wanted(Bandwidth.UNLIMITED);
        return agent(agent -> {
            Bandwidth before = agent.bandwidth();
            Bandwidth wanted = wanted(before);
            if (!wanted.equals(before)) {
                agent.limit(wanted);
            }
            return Outcome.done(wanted, text(wanted));
        });
    }

    private Bandwidth wanted(Bandwidth before) {
        try {
            return new Bandwidth(rate(up, before.up()), rate(down, before.down()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static long rate(String text, long before) {
        if (text == null) {
            return before;
        }
        if (text.equalsIgnoreCase(OFF)) {
            return 0;
        }
        try {
            return Units.parseBytes(text.strip().replaceFirst("(?i)/s$", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no rate; write bytes a second such as 500K or 2M, or"
                    + " off", e);
        }
    }

    private static List<String> text(Bandwidth bandwidth) {
        return new Table("CONTENTS", "AT MOST").row("up", text(bandwidth.up())).row("down", text(bandwidth.down()))
                .lines();
    }

    private static String text(long rate) {
        return rate == 0 ? "as fast as it goes" : Units.bytes(rate) + "/s";
    }
}
