package org.tidebox.cli.internal.commands;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tidebox.agent.FileVersion;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidebox history}. */
@Command(name = "history")
public final class HistoryCommand extends OnAgent {
    @Parameters(paramLabel = "PATH")
    private String path;

    public HistoryCommand(Context context) {
        super(context);
    }

    @Override
    public Outcome call() throws Exception {
        return agent(agent -> {
            List<FileVersion> versions = agent.history(shell.resolve(path).toString());
            return Outcome.done(versions, text(versions));
        });
    }

    private List<String> text(List<FileVersion> versions) {
        Table table = new Table(">VERSION", "TIME", ">SIZE", "DEVICE", "PATH");
        versions.forEach(
                version -> table.row(Long.toString(version.sequence()),
                        Units.moment(version.time(), ZoneId.systemDefault()), size(version), version.device(),
                        version.path() + (version.deleted() ? " (deleted)" : "")
                                + (version.thinned() ? " *" : "")));
        List<String> lines = new ArrayList<>(table.lines());
        if (versions.stream().anyMatch(FileVersion::thinned)) {
            lines.add("* Versions right before this one are no longer kept.");
        }
        if (shell.interactive().getAsBoolean()) {
            lines.add("Bring one back: tidebox restore PATH --version N; what is there now stays in this list.");
        }
        return lines;
    }

    private static String size(FileVersion version) {
        return version.kind().equals("FILE") ? Units.bytes(version.size()) : version.kind().toLowerCase(Locale.ROOT);
    }
}
