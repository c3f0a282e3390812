package org.tidebox.cli.internal.server;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tidebox.cli.internal.server.ServerCommands.OnServer;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.server.admin.CheckResult;
import org.tidebox.server.admin.FindingInfo;
import org.tidebox.server.admin.GcResult;
import org.tidebox.server.admin.RetentionInfo;
import org.tidebox.server.admin.ScrubResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looking after the data of a server. */
final class ServerUpkeepCommands {
    private ServerUpkeepCommands() {
    }

    /** {@code tidebox server retention}. */
    @Command(name = "retention")
    static final class Keep extends OnServer {
        private static final int MOST = 1_000_000;
        @Parameters(index = "0", paramLabel = "ACCOUNT")
        private String account;
        @Parameters(index = "1", paramLabel = "LIBRARY")
        private String library;
        @Option(names = "--keep-last", paramLabel = "N")
        private Integer keepLast;
        @Option(names = "--hourly", paramLabel = "N")
        private Integer hourly;
        @Option(names = "--daily", paramLabel = "N")
        private Integer daily;
        @Option(names = "--weekly", paramLabel = "N")
        private Integer weekly;
        @Option(names = "--monthly", paramLabel = "N")
        private Integer monthly;
        @Option(names = "--yearly", paramLabel = "N")
        private Integer yearly;
        @Option(names = "--trash-days", paramLabel = "N")
        private Integer trashDays;
        @Spec
        private CommandSpec spec;

        Keep(Context context, ServerCommands group) {
            super(context, group);
        }

        @Override
        public Outcome call() throws Exception {
            spec.options().forEach(this::check);
            return server(server -> {
                RetentionInfo now = server.retention(account, library);
                RetentionInfo wanted = new RetentionInfo(account, library, or(keepLast, now.keepLast()),
                        or(hourly, now.hourly()), or(daily, now.daily()), or(weekly, now.weekly()),
                        or(monthly, now.monthly()), or(yearly, now.yearly()), or(trashDays, now.trashDays()));
                if (wanted.equals(now)) {
                    return Outcome.done(wanted, text(wanted));
                }
                server.setRetention(wanted);
                List<String> lines = new ArrayList<>(text(wanted));
                lines.add("Changed; the next 'tidebox server gc' removes what is no longer kept.");
                return Outcome.done(wanted, lines);
            });
        }

        private void check(OptionSpec option) {
            if (option.getValue() instanceof Integer number && (number < 0 || number > MOST)) {
                throw new ParameterException(spec.commandLine(), option.longestName() + " must be a number from 0 to "
                        + Units.count(MOST) + ", got " + number);
            }
        }

        private static int or(Integer given, int present) {
            return given == null ? present : given;
        }

        private static List<String> text(RetentionInfo kept) {
            return new Table("LIBRARY '" + kept.library() + "' KEEPS", ">N")
                    .row("newest versions", Units.count(kept.keepLast()))
                    .row("hourly", Units.count(kept.hourly())).row("daily", Units.count(kept.daily()))
                    .row("weekly", Units.count(kept.weekly())).row("monthly", Units.count(kept.monthly()))
                    .row("yearly", Units.count(kept.yearly()))
                    .row("days in the trash", Units.count(kept.trashDays())).lines();
        }
    }

    /** {@code tidebox server gc}. */
    @Command(name = "gc")
    static final class Gc extends OnServer {
        @Option(names = "--lease", paramLabel = "HOURS", defaultValue = "48")
        private int lease;

        Gc(Context context, ServerCommands group) {
            super(context, group);
        }

        @Override
        public Outcome call() throws Exception {
            return server(server -> {
                GcResult done = server.gc(lease);
                return done.problems().isEmpty()
                        ? Outcome.done(done, text(done))
                        : Outcome.failed(done, Stream.concat(text(done).stream(), done.problems().stream()).toList());
            });
        }

        private List<String> text(GcResult done) {
            String freed = "Removed " + Units.count(done.versions(), "old version") + " and "
                    + Units.count(done.nodes(), "deleted node") + "; freed "
                    + Units.count(done.chunks(), "chunk") + " (" + Units.bytes(done.bytes()) + ") and "
                    + Units.bytes(Math.max(0, done.diskBytes())) + " on the disk.";
            return done.waitingChunks() == 0
                    ? List.of(freed)
                    : List.of(freed, Units.bytes(done.waitingBytes()) + " more can be freed in " + lease
                            + " hours; they are kept that long for uploads in flight.");
        }
    }

    /** {@code tidebox server scrub}. */
    @Command(name = "scrub")
    static final class Scrub extends OnServer {
        Scrub(Context context, ServerCommands group) {
            super(context, group);
        }

        @Override
        public Outcome call() throws Exception {
            return server(server -> {
                ScrubResult found = server.scrub();
                String read = "Read " + Units.count(found.chunks(), "chunk") + " (" + Units.bytes(found.bytes())
                        + "): ";
                return found.count() == 0
                        ? Outcome.done(found, read + "all as they were stored.")
                        : Outcome.failed(found,
                                text(read + found.damaged() + " damaged.", found.findings(), found.count()));
            });
        }
    }

    /** {@code tidebox server check}. */
    @Command(name = "check")
    static final class Check extends OnServer {
        @Option(names = "--rebuild")
        private boolean rebuild;

        Check(Context context, ServerCommands group) {
            super(context, group);
        }

        @Override
        public Outcome call() throws Exception {
            return server(server -> {
                CheckResult found = server.check(rebuild);
                String looked = (rebuild ? "Rebuilt " + Units.count(found.rebuilt()) + " entries of the index. " : "")
                        + "Checked " + Units.count(found.nodes(), "node") + ", "
                        + Units.count(found.versions(), "version") + ", "
                        + Units.count(found.chunks(), "chunk") + ", " + Units.count(found.packs(), "pack") + ": ";
                return found.count() == 0
                        ? Outcome.done(found, looked + "all is well.")
                        : Outcome.failed(found, text(looked + Units.count(found.count(), "finding") + ".",
                                found.findings(), found.count()));
            });
        }
    }

    private static List<String> text(String summary, List<FindingInfo> findings, long count) {
        List<String> lines = new ArrayList<>(List.of(summary));
        for (FindingInfo found : findings) {
            String place = found.library() == null ? "" : ", library '" + found.library() + "'";
            lines.add(found.account() + place + (found.path() == null ? "" : ", " + found.path()) + ": "
                    + found.problem());
        }
        if (count > findings.size()) {
            lines.add("and " + Units.count(count - findings.size()) + " more");
        }
        return lines;
    }
}
