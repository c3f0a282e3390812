package org.tidebox.cli.internal.commands;

import java.util.ArrayList;
import java.util.List;
import org.tidebox.agent.TypeGroupReport;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand;
import org.tidebox.cli.internal.text.Table;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidebox rule group}: names for several types. */
@Command(name = "group")
public final class TypeGroupCommands {
    private TypeGroupCommands() {
    }

    static CommandLine group(TideboxCommand.Context context) {
        return new CommandLine(new TypeGroupCommands()).addSubcommand(new ListGroups(context))
                .addSubcommand(new SetGroup(context)).addSubcommand(new RemoveGroup(context));
    }

    private static String shown(TypeGroupReport group) {
        return String.join(", ", group.types());
    }

    /** {@code tidebox rule group list}. */
    @Command(name = "list")
    static final class ListGroups extends OnAgent {
        ListGroups(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> {
                List<TypeGroupReport> groups = agent.typeGroups();
                Table table = new Table("GROUP", "", "TYPES");
                groups.forEach(group -> table.row(group.name(), group.own() ? "own" : "", shown(group)));
                return Outcome.done(groups, table.lines());
            });
        }
    }

    /** {@code tidebox rule group set}. */
    @Command(name = "set")
    static final class SetGroup extends OnAgent {
        @Parameters(paramLabel = "NAME", index = "0")
        private String name;

        @Parameters(paramLabel = "T,...", index = "1..*", arity = "1..*", split = ",")
        private List<String> types = new ArrayList<>();

        SetGroup(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> {
                TypeGroupReport group = agent.setTypeGroup(name, types);
                return Outcome.done(group, "'" + group.name() + "' means " + shown(group) + ".");
            });
        }
    }

    /** {@code tidebox rule group remove}. */
    @Command(name = "remove")
    static final class RemoveGroup extends OnAgent {
        @Parameters(paramLabel = "NAME")
        private String name;

        RemoveGroup(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> {
                agent.removeTypeGroup(name);
                return Outcome.done(agent.typeGroups(), "'" + name + "' is removed.");
            });
        }
    }
}
