package org.tidebox.cli.internal.commands;

import java.util.Map;
import org.tidebox.agent.Agent;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.FolderReport;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand.Context;
import org.tidebox.cli.internal.text.Words;
import org.tidebox.sync.folder.Question;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The sync folders of this device. */
@Command(name = "folder")
public final class FolderCommands {
    private FolderCommands() {
    }

    public static CommandLine group(Context context) {
        return new CommandLine(new FolderCommands()).addSubcommand(new Add(context))
                .addSubcommand(new ListFolders(context))
                .addSubcommand(new Remove(context)).addSubcommand(new Pause(context))
                .addSubcommand(new Resume(context)).addSubcommand(new Xattrs(context))
                .addSubcommand(new Ignored(context));
    }

    /** {@code tidebox folder add}. */
    @Command(name = "add")
    static final class Add extends OnAgent {
        @Parameters(paramLabel = "DIR")
        private String directory;

        @Option(names = "--library", paramLabel = "NAME")
        private String library;

        @Option(names = "--paused")
        private boolean paused;

        @Option(names = "--xattrs")
        private boolean xattrs;

        @Option(names = "--delete-ignored")
        private boolean deleteIgnored;

        Add(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> {
                FolderReport added = agent.addFolder(shell.resolve(directory).toString(), library, paused);
                if (xattrs) {
                    agent.keepExtendedAttributes(added.directory(), true);
                }
                if (deleteIgnored) {
                    agent.deleteIgnored(added.directory(), true);
                }
                return Outcome.done(added,
                        shell.show(added.directory()) + " is now kept the same as the library '" + added.library() + "'"
                                + (paused ? ", once you say 'tidebox folder resume'." : "."));
            });
        }
    }

    /** {@code tidebox folder list}. */
    @Command(name = "list")
    static final class ListFolders extends OnAgent {
        ListFolders(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> {
                var folders = agent.listFolders();
                return Outcome.done(folders, new StatusText(shell).folderList(folders));
            });
        }
    }

    /** A command on one folder. */
    private abstract static class OnFolder extends OnAgent {
        @Parameters(paramLabel = "DIR", index = "0")
        private String directory;

        OnFolder(Context context) {
            super(context);
        }

        abstract void act(Agent agent, String absolute) throws AgentException;

        abstract String tell(String shown);

        @Override
        public final Outcome call() throws Exception {
            return agent(agent -> {
                String absolute = shell.resolve(directory).toString();
                act(agent, absolute);
                return outcome(shell.show(absolute));
            });
        }

        /** Returns what came of it. */
        Outcome outcome(String shown) {
            return Outcome.done(tell(shown));
        }
    }

    /** {@code tidebox folder remove}. */
    @Command(name = "remove")
    static final class Remove extends OnFolder {
        Remove(Context context) {
            super(context);
        }

        @Override
        void act(Agent agent, String absolute) throws AgentException {
            agent.removeFolder(absolute);
        }

        @Override
        String tell(String shown) {
            return shown + " is no longer synchronised; its files stay, here and on the server.";
        }
    }

    /** {@code tidebox folder pause}. */
    @Command(name = "pause")
    static final class Pause extends OnFolder {
        Pause(Context context) {
            super(context);
        }

        @Override
        void act(Agent agent, String absolute) throws AgentException {
            agent.pauseFolder(absolute);
        }

        @Override
        String tell(String shown) {
            return shown + " is paused until 'tidebox folder resume'.";
        }
    }

    /** {@code tidebox folder resume}. */
    @Command(name = "resume")
    static final class Resume extends OnFolder {
        private Question asked;

        Resume(Context context) {
            super(context);
        }

        @Override
        void act(Agent agent, String absolute) throws AgentException {
            asked = agent.resumeFolder(absolute);
        }

        @Override
        Outcome outcome(String shown) {
            return asked == null || asked.isAnswerable()
                    ? super.outcome(shown)
                    : Outcome.failed(Map.of("error", Words.of(asked)), "tidebox: " + shown + ": " + Words.of(asked));
        }

        @Override
        String tell(String shown) {
            return shown + " goes on." + (asked == null ? "" : " " + Words.about("Answered", asked));
        }
    }

    /** {@code tidebox folder xattrs}. */
    @Command(name = "xattrs")
    static final class Xattrs extends OnFolder {
        /** Whether they are kept. */
        enum Choice {
            on, off
        }

        @Parameters(paramLabel = "on|off", index = "1")
        private Choice choice;

        Xattrs(Context context) {
            super(context);
        }

        @Override
        void act(Agent agent, String absolute) throws AgentException {
            agent.keepExtendedAttributes(absolute, choice == Choice.on);
        }

        @Override
        String tell(String shown) {
            return choice == Choice.on
                    ? "Extended attributes in " + shown + " are now kept the same on all devices where this is on."
                    : "Extended attributes in " + shown + " are left alone; none is deleted, here or on the server.";
        }
    }

    /** {@code tidebox folder ignored}. */
    @Command(name = "ignored")
    static final class Ignored extends OnFolder {
        /** What happens. */
        enum Choice {
            keep, delete
        }

        @Parameters(paramLabel = "keep|delete", index = "1")
        private Choice choice;

        Ignored(Context context) {
            super(context);
        }

        @Override
        void act(Agent agent, String absolute) throws AgentException {
            agent.deleteIgnored(absolute, choice == Choice.delete);
        }

        @Override
        String tell(String shown) {
            return choice == Choice.delete
                    ? "Ignored files in " + shown + " are now deleted when their folder is deleted on another device."
                    : "Folders in " + shown + " that are deleted on another device stay here with their ignored files.";
        }
    }
}
