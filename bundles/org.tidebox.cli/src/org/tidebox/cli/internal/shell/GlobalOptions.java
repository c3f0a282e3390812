package org.tidebox.cli.internal.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, at any place of the line. */
@Command
public final class GlobalOptions {
    /** The home that is named, or {@code null}. */
    @Option(names = "--home", paramLabel = "DIR", scope = ScopeType.INHERIT,
            description = "The client's home (default: TIDEBOX_HOME, or the platform's place).")
    public String home;

    /** Whether a program reads the answer. */
    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON document instead of text.")
    public boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
    boolean help;
}
