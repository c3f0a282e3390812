package org.tidebox.cli.internal.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, at any place of the line. */
@Command
public final class GlobalOptions {
    /** The home that is named, or {@code null}. */
    @Option(names = "--home", paramLabel = "DIR", scope = ScopeType.INHERIT)
    public String home;

    /** Whether a program reads the answer. */
    @Option(names = "--json", scope = ScopeType.INHERIT)
    public boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT)
    boolean help;
}
