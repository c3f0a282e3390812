package org.tidebox.agent;

import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.sync.folder.Obstacle;

/** Why the agent could not do what it was asked to. These are facts; each face has its own words for them. */
@ProviderType
public sealed interface AgentProblem {
    /** Nobody is logged in on this device. */
    record NotLoggedIn() implements AgentProblem {
    }

    /** Somebody is logged in already. */
    record LoggedInAlready(String login) implements AgentProblem {
    }

    /** The sync folders of this device belong to another account. */
    record FoldersOfOtherAccount(String account) implements AgentProblem {
    }

    /** The server was set back to an older state; what was under way was stopped. */
    record ServerSetBack(String detail) implements AgentProblem {
    }

    /** The directory is no sync folder. */
    record NoSyncFolder(String directory) implements AgentProblem {
    }

    /** The path is in no sync folder. */
    record InNoSyncFolder(String path) implements AgentProblem {
    }

    /** No sync folder is at work. */
    record NoFolderAtWork() implements AgentProblem {
    }

    /** The folder rests, or is paused. */
    record FolderRests(String directory) implements AgentProblem {
    }

    /**
     * What was edited in a folder cannot be uploaded first.
     *
     * @param obstacle what the folder waits for
     * @param elsewhere whether what was asked for can be written elsewhere instead
     */
    record FolderNotCalm(String directory, Obstacle obstacle, boolean elsewhere) implements AgentProblem {
    }

    /** The same, where the folder is paused. */
    record FolderPaused(String directory, boolean elsewhere) implements AgentProblem {
    }

    /** The library is kept in another folder of this device. */
    record LibraryKept(String library, String directory) implements AgentProblem {
    }

    /** The folder has no name that the library could get. */
    record FolderWithoutName(String directory) implements AgentProblem {
    }

    /** The folder holds the agent's home, or is held by it. */
    record FolderAroundHome(String directory, String home) implements AgentProblem {
    }

    /** There is no such version of a path, or it is no longer kept. */
    record NoSuchVersion(long version, String path) implements AgentProblem {
    }

    /** Nothing is known of a path. */
    record NothingKnown(String path) implements AgentProblem {
    }

    /** There was nothing at a path then, as far as it is still kept. */
    record NothingThen(String path) implements AgentProblem {
    }

    /** No version as old as that is kept any more. */
    record NothingSoOld(String path, long oldest) implements AgentProblem {
    }

    /** The path is there, and it is not said which state is wanted. */
    record StateNeeded(String path) implements AgentProblem {
    }

    /** Something is to be written into a sync folder of this device. */
    record TargetInSyncFolder(String target, String directory) implements AgentProblem {
    }

    /** There is no such item in the trash. */
    record NotInTrash(String item) implements AgentProblem {
    }

    /** There is no conflict about a path. */
    record NoConflict(String path) implements AgentProblem {
    }

    /** There is no such group of types of the person's own. */
    record NoOwnTypeGroup(String name) implements AgentProblem {
    }

    /** There is no such rule. */
    record NoSuchRule(boolean upload, int number, String directory, int count) implements AgentProblem {
    }

    /**
     * Nothing of what was named is held.
     *
     * @param all whether everything was meant
     */
    record NothingHeld(boolean all) implements AgentProblem {
    }

    /**
     * The person is asked about nothing of what was named.
     *
     * @param all whether everything was meant
     */
    record NothingAsked(boolean all) implements AgentProblem {
    }
}
