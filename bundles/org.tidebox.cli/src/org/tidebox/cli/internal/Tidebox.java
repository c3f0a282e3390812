package org.tidebox.cli.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tidebox.cli.internal.shell.CommandFailure;
import org.tidebox.cli.internal.shell.GlobalOptions;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.cli.internal.shell.TideboxCommand;
import org.tidebox.cli.internal.text.Help;
import org.tidebox.cli.internal.text.Words;
import org.tidebox.control.ControlFailure;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reads a command line, has it carried out, and shows the outcome the way the user asked for. */
public final class Tidebox {
    private final Shell shell;
    private final GlobalOptions options = new GlobalOptions();
    /** Known also where the line cannot be parsed. */
    private boolean json;

    /** Makes one for one command line. */
    public Tidebox(Shell shell) {
        this.shell = shell;
    }

    /** Carries out one command line and returns the exit code: 0 done, 1 failed, 2 wrong usage. */
    public int run(String... arguments) {
        json = Arrays.asList(arguments).contains("--json");
        Words.speak(json ? Locale.ROOT : Locale.getDefault());
        try {
            CommandLine line = CommandTree.build(new TideboxCommand.Context(shell, options), List.of(arguments));
            line.setOut(shell.out().help());
            ParseResult parsed = line.parseArgs(arguments);
            if (isHelpWanted(parsed)) {
                line.setResourceBundle(Help.in(Locale.getDefault()));
                CommandLine.printHelpIfRequested(parsed);
                return Outcome.DONE;
            }
            return show(perform(parsed));
        } catch (ParameterException e) {
            return fail(Outcome.WRONG_USAGE,
                    e.getMessage() + "; see '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
        } catch (CommandFailure | ControlFailure e) {
            return fail(Outcome.FAILED, e.getMessage());
        } catch (InterruptedException e) {
            return fail(Outcome.FAILED, "Interrupted");
        } catch (LinkageError e) {
            return fail(Outcome.FAILED, "This product lacks what the command needs (" + e.getMessage()
                    + "); use the 'tidebox' script of the other product, or of the checkout");
        } catch (Exception e) {
            return fail(Outcome.FAILED,
                    "Something unexpected happened (" + e + "); the log in the home or data folder may say more");
        }
    }

    private static boolean isHelpWanted(ParseResult parsed) {
        return parsed.asCommandLineList().stream().anyMatch(CommandLine::isUsageHelpRequested);
    }

    private static Outcome perform(ParseResult parsed) throws Exception {
        List<CommandLine> commands = parsed.asCommandLineList();
        CommandLine last = commands.get(commands.size() - 1);
        if (last.getCommandSpec().userObject() instanceof TideboxCommand command) {
            return command.call();
        }
        throw new ParameterException(last, "'" + last.getCommandSpec().qualifiedName() + "' needs a command");
    }

    private int show(Outcome outcome) {
        if (json) {
            shell.out().document(outcome.document());
        }
        boolean failed = outcome.exitCode() != Outcome.DONE;
        if (failed || !json) {
            outcome.lines().forEach((failed ? shell.err() : shell.out())::line);
        }
        return outcome.exitCode();
    }

    private int fail(int exitCode, String message) {
        String line = message.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse("failed");
        if (json) {
            shell.out().document(Map.of("error", line));
        }
        shell.err().line("tidebox: " + line);
        return exitCode;
    }
}
