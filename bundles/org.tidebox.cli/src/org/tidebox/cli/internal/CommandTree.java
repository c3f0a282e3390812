package org.tidebox.cli.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tidebox.cli.internal.commands.AccountCommands;
import org.tidebox.cli.internal.commands.ActivityCommand;
import org.tidebox.cli.internal.commands.AgentCommand;
import org.tidebox.cli.internal.commands.AskCommands;
import org.tidebox.cli.internal.commands.ConflictCommands;
import org.tidebox.cli.internal.commands.DemoCommand;
import org.tidebox.cli.internal.commands.DevicesCommands;
import org.tidebox.cli.internal.commands.FeatureCommands;
import org.tidebox.cli.internal.commands.FolderCommands;
import org.tidebox.cli.internal.commands.HeldCommands;
import org.tidebox.cli.internal.commands.HistoryCommand;
import org.tidebox.cli.internal.commands.LimitCommand;
import org.tidebox.cli.internal.commands.RestoreCommand;
import org.tidebox.cli.internal.commands.RuleCommands;
import org.tidebox.cli.internal.commands.StatsCommand;
import org.tidebox.cli.internal.commands.StatusCommand;
import org.tidebox.cli.internal.commands.TrashCommands;
import org.tidebox.cli.internal.commands.WaitCommand;
import org.tidebox.cli.internal.server.ServerCommands;
import org.tidebox.cli.internal.shell.TideboxCommand.Context;
import picocli.CommandLine;

/**
 * All commands. Looking into a command's annotations takes time, which people feel at each call: so only the commands whose names are on
 * the line are looked into, and all of them only where none is.
 */
final class CommandTree {
    private static final System.Logger LOG = System.getLogger(CommandTree.class.getName());
    private static final Map<String, Function<Context, CommandLine>> COMMANDS = commands();

    private CommandTree() {
    }

    static CommandLine build(Context context, List<String> arguments) {
        CommandLine root = new CommandLine(new RootCommand(context));
        root.addMixin("global", context.options());
        List<String> named = COMMANDS.keySet().stream().filter(arguments::contains).toList();
        if (named.size() == 1) {
            root.addSubcommand(named.get(0), COMMANDS.get(named.get(0)).apply(context));
        } else {
            // Of several, such as 'server feature' or 'history stats', only one is the command and need be there.
            List<String> wanted = named.isEmpty() ? List.copyOf(COMMANDS.keySet()) : named;
            wanted.forEach(name -> addIfPresent(root, name, () -> COMMANDS.get(name).apply(context)));
        }
        return root;
    }

    /** A server product has no agent's classes, and the other way round: what cannot work there is not listed. */
    private static void addIfPresent(CommandLine root, String name, Supplier<CommandLine> command) {
        try {
            root.addSubcommand(name, command.get());
        } catch (LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "'" + name + "' is not part of this product", e);
        }
    }

    /** No method references: each would load its class at once, and a product may lack what that needs. */
    private static Map<String, Function<Context, CommandLine>> commands() {
        Map<String, Function<Context, CommandLine>> commands = new LinkedHashMap<>();
        commands.put("demo", context -> new CommandLine(new DemoCommand(context)));
        commands.put("join", context -> new CommandLine(new AccountCommands.Join(context)));
        commands.put("login", context -> new CommandLine(new AccountCommands.Login(context)));
        commands.put("logout", context -> new CommandLine(new AccountCommands.Logout(context)));
        commands.put("devices", context -> DevicesCommands.group(context));
        commands.put("password", context -> new CommandLine(new DevicesCommands.Password(context)));
        commands.put("folder", context -> FolderCommands.group(context));
        commands.put("status", context -> new CommandLine(new StatusCommand(context)));
        commands.put("activity", context -> new CommandLine(new ActivityCommand(context)));
        commands.put("wait", context -> new CommandLine(new WaitCommand(context)));
        commands.put("history", context -> new CommandLine(new HistoryCommand(context)));
        commands.put("restore", context -> new CommandLine(new RestoreCommand(context)));
        commands.put("trash", context -> TrashCommands.group(context));
        commands.put("conflicts", context -> ConflictCommands.group(context));
        commands.put("rule", context -> RuleCommands.group(context));
        commands.put("held", context -> HeldCommands.group(context));
        commands.put("ask", context -> AskCommands.group(context));
        commands.put("feature", context -> FeatureCommands.group(context));
        commands.put("limit", context -> new CommandLine(new LimitCommand(context)));
        commands.put("stats", context -> new CommandLine(new StatsCommand(context)));
        commands.put("agent", context -> new CommandLine(new AgentCommand(context)));
        commands.put("server", context -> ServerCommands.group(context));
        return commands;
    }
}
