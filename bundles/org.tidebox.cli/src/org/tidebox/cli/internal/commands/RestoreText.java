package org.tidebox.cli.internal.commands;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.agent.RestoreReport;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.cli.internal.text.Words;
import org.tidebox.sync.folder.Problem;

/** How the outcome of a restore reads. */
final class RestoreText {
    private static final int SHOWN = 10;
    private final Shell shell;

    RestoreText(Shell shell) {
        this.shell = shell;
    }

    /** Returns the outcome, which is a failure where something did not come back. */
    Outcome outcome(RestoreReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(summary(report));
        if (report.taken() != null) {
            lines.add("  taken: version " + report.taken().sequence() + " of "
                    + Units.moment(report.taken().time(), ZoneId.systemDefault()) + ", by " + report.taken().device());
        }
        older(report, lines);
        report.renamed().stream().limit(SHOWN).forEach(line -> lines.add("  its name was taken: " + line));
        for (Problem problem : report.problems().stream().limit(SHOWN).toList()) {
            lines.add("  not restored: " + problem.path() + ": " + Words.of(problem.reason()));
        }
        if (report.problems().size() > SHOWN) {
            lines.add("  … and " + (report.problems().size() - SHOWN) + " more: --json lists them");
        }
        return report.problems().isEmpty() ? Outcome.done(report, lines) : Outcome.failed(report, lines);
    }

    private void older(RestoreReport report, List<String> lines) {
        if (report.thinned() == 0) {
            return;
        }
        lines.add(report.taken() != null
                ? "  Newer versions from before that time are no longer kept; this is the closest one that is."
                : "  Of " + Units.count(report.thinned(), "entry", "entries")
                        + " the version of that time may no longer"
                        + " be kept; the closest older one was taken:");
        if (report.taken() == null) {
            report.older().stream().limit(SHOWN).forEach(path -> lines.add("    " + path));
            if (report.thinned() > SHOWN) {
                lines.add("    … and " + Units.count(report.thinned() - SHOWN) + " more: 'tidebox history PATH' tells");
            }
        }
    }

    private static String others(long count) {
        return Units.count(count) + (count == 1 ? " folder or link" : " folders and links");
    }

    private String summary(RestoreReport report) {
        String where = report.to() == null ? "" : " into " + shell.show(report.to());
        if (report.files() + report.others() == 0) {
            return report.problems().isEmpty()
                    ? "Nothing had to be restored" + where + ": all was as wanted already."
                    : "Nothing was restored" + where + ".";
        }
        String others = report.others() == 0 ? "" : " and " + others(report.others());
        return "Restored " + Units.count(report.files(), "file") + " (" + Units.bytes(report.bytes()) + ")" + others
                + where + (report.unchanged() == 0 ? "." : "; the rest was as wanted already.");
    }
}
