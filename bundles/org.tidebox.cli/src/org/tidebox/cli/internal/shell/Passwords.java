package org.tidebox.cli.internal.shell;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Gets a password from a person or from a pipe, never from the command line, where others could read it. */
public final class Passwords {
    private final Shell shell;
    private BufferedReader lines;

    /** Makes one that reads where this shell reads. */
    public Passwords(Shell shell) {
        this.shell = shell;
    }

    /** Returns the next line of the standard input, or asks at the terminal. */
    public String existing(boolean fromInput) throws IOException, CommandFailure {
        return fromInput ? readLine() : ask(console(), "Password: ");
    }

    /** Returns the next line of the standard input, or asks twice at the terminal. */
    public String fresh(boolean fromInput) throws IOException, CommandFailure {
        if (fromInput) {
            return readLine();
        }
        Console console = console();
        String first = ask(console, "New password: ");
        if (!first.equals(ask(console, "Once more: "))) {
            throw new CommandFailure("The two passwords differ; try again");
        }
        return first;
    }

    /**
     * Finds out whether to do something besides, which is not done unless somebody says so: by an option, or at the
     * terminal where passwords are typed there.
     *
     * @param option what an option says, or {@code null}
     * @param fromInput whether passwords are piped in
     */
    public boolean agrees(Boolean option, boolean fromInput, String question) throws CommandFailure {
        if (option != null || fromInput) {
            return Boolean.TRUE.equals(option);
        }
        String answer = console().readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private String readLine() throws IOException, CommandFailure {
        if (lines == null) {
            lines = new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8));
        }
        String line = lines.readLine();
        if (line == null || line.isEmpty()) {
            throw new CommandFailure("No password came on the standard input; pipe it in as one line");
        }
        return line;
    }

    private Console console() throws CommandFailure {
        if (!shell.interactive().getAsBoolean()) {
            throw new CommandFailure(
                    "There is no terminal to ask for the password; pipe it in and add --password-stdin");
        }
        return System.console();
    }

    private static String ask(Console console, String prompt) throws CommandFailure {
        char[] typed = console.readPassword(prompt);
        if (typed == null || typed.length == 0) {
            throw new CommandFailure("No password was typed; try again");
        }
        String password = new String(typed);
        Arrays.fill(typed, ' ');
        return password;
    }
}
