package org.tidebox.cli.internal.commands;

import org.tidebox.agent.Agent;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.FolderReport;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The sync folders of this device. */
@Command(name = "folder", description = "The folders that are kept the same.")
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
    @Command(name = "add", description = "Keep a folder the same on all devices that add the same library.")
    static final class Add extends OnAgent {
        @Parameters(paramLabel = "DIR", description = "An existing folder.")
        private String directory;

        @Option(names = "--library", paramLabel = "NAME",
                description = "The library on the server (default: the folder's name).")
        private String library;

        @Option(names = "--paused", description = "Do nothing until 'tidebox folder resume'.")
        private boolean paused;

        @Option(names = "--xattrs", description = "Keep extended attributes of files and folders, too.")
        private boolean xattrs;

        @Option(names = "--delete-ignored",
                description = "Delete ignored files here, too, when their folder is deleted elsewhere.")
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
    @Command(name = "list", description = "List the sync folders.")
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
        @Parameters(paramLabel = "DIR", index = "0", description = "The sync folder.")
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
                return Outcome.done(tell(shell.show(absolute)));
            });
        }
    }

    /** {@code tidebox folder remove}. */
    @Command(name = "remove", description = "Stop synchronising a folder; all files stay, here and on the server.")
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
    @Command(name = "pause", description = "Synchronise nothing in a folder until 'tidebox folder resume'.")
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
    @Command(name = "resume",
            description = "Go on with a paused folder, or say yes to what a stopped one asks; look at 'tidebox status' first.")
    static final class Resume extends OnFolder {
        private String consequence;

        Resume(Context context) {
            super(context);
        }

        @Override
        void act(Agent agent, String absolute) throws AgentException {
            consequence = agent.resumeFolder(absolute);
        }

        @Override
        String tell(String shown) {
            return shown + " goes on." + (consequence == null ? "" : " " + consequence);
        }
    }

    /** {@code tidebox folder xattrs}. */
    @Command(name = "xattrs",
            description = "Say whether extended attributes in a folder are synchronised by this device.")
    static final class Xattrs extends OnFolder {
        /** Whether they are kept. */
        enum Choice {
            on, off
        }

        @Parameters(paramLabel = "on|off", index = "1",
                description = {"on: those named user.* are kept the same on all devices where this is on, up to",
                        "8 KiB for each file or folder. off: they are left alone; none is deleted anywhere."})
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
    @Command(name = "ignored",
            description = "Say what happens to ignored files in a folder that is deleted on another device.")
    static final class Ignored extends OnFolder {
        /** What happens. */
        enum Choice {
            keep, delete
        }

        @Parameters(paramLabel = "keep|delete", index = "1",
                description = {"keep: the folder stays on this device alone with them.",
                        "delete: they are deleted with it; nobody else has them."})
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
