package org.tidebox.sync.folder;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is in the way of an entry: why it is not the same on both sides, could not be restored, or keeps its conflict.
 * These are facts; each face has its own words for them.
 */
@ProviderType
public sealed interface Obstacle {
    /** The system or the server says something that only a person can understand. */
    record Other(String detail) implements Obstacle {
    }

    // What the disk says.

    /** No space is left on the disk; it is tried again once there is more. */
    record NoRoom() implements Obstacle {
    }

    /** The user may not do that. */
    record AccessDenied() implements Obstacle {
    }

    /** The entry cannot be looked at. */
    record NotLookedAt(Obstacle cause) implements Obstacle {
    }

    /** The folder cannot be listed. */
    record FolderUnreadable(Obstacle cause) implements Obstacle {
    }

    /** The file cannot be read. */
    record FileUnreadable(Obstacle cause) implements Obstacle {
    }

    /** It is neither file, folder nor link. */
    record SpecialFile() implements Obstacle {
    }

    /**
     * Another program changed it in the middle, and what it was lies elsewhere now; the next start tries to bring it back.
     *
     * @param place relative to the root
     */
    record SetAside(String place, Obstacle cause) implements Obstacle {
    }

    /**
     * Another file system is mounted there, and has no room for temporary files at its top.
     *
     * @param top where it is mounted, relative to the root
     * @param folder the name of the folder that cannot be made
     */
    record NoTemporaryFolder(String top, String folder, Obstacle cause) implements Obstacle {
    }

    // Names.

    /** This system cannot hold the name. */
    record NameImpossible(String detail) implements Obstacle {
    }

    /** Tidebox cannot carry the name. */
    record NameNotCarried(String detail) implements Obstacle {
    }

    /** The name is no valid text in this system's encoding; what is missing beside it counts as kept. */
    record NameNoText() implements Obstacle {
    }

    /** Another entry has the same name in another Unicode form. */
    record NameTwin() implements Obstacle {
    }

    /** An entry that is here has the same name but for case or Unicode form, and this system holds only one of them. */
    record NameTwinHere() implements Obstacle {
    }

    /** This file system does not change the case of a name. */
    record CaseNotChanged(String from, String to) implements Obstacle {
    }

    // Mounted file systems.

    /** A file system is mounted there, so it cannot be renamed or moved. */
    record MountedThere() implements Obstacle {
    }

    /** A file system is mounted in it, so it cannot be moved to another one. */
    record MountedInside() implements Obstacle {
    }

    /** Something in it cannot be moved to another file system. */
    record NotMovable(String path) implements Obstacle {
    }

    // What has to wait.

    /** It waits for another entry that cannot be synchronised. */
    record WaitsForEntry() implements Obstacle {
    }

    /** It waits for a file system that is not there. */
    record WaitsForFileSystem() implements Obstacle {
    }

    /** It cannot be made the same on both sides yet. */
    record NotSettled() implements Obstacle {
    }

    /** It was deleted elsewhere and stays on this device alone, because of what is ignored or cannot be synchronised in it. */
    record StaysHere() implements Obstacle {
    }

    // Ignore files.

    /**
     * The ignore file is no file, so nothing is ignored because of it.
     *
     * @param link whether it is a link, else a folder
     */
    record IgnoreNoFile(boolean link) implements Obstacle {
    }

    /** The ignore file cannot be used, so nothing new in its folder is synchronised. */
    record IgnoreUnusable(Obstacle cause) implements Obstacle {
    }

    /** It is a link, and no link is followed in its place. */
    record LinkNotFollowed() implements Obstacle {
    }

    /** It is a folder, a device or a pipe, where a file was expected. */
    record NoRegularFile() implements Obstacle {
    }

    /** It is larger than it may be. */
    record TooLarge(long mostBytes) implements Obstacle {
    }

    /** With those above it, it is larger than they may be together. */
    record TooLargeTogether(long mostBytes) implements Obstacle {
    }

    // What the server did.

    /** The server sent a change of the root folder. */
    record ServerChangedRoot() implements Obstacle {
    }

    /** The server sent a folder that lies in itself. */
    record ServerMadeCircle() implements Obstacle {
    }

    /** The server sent something of another kind in place of a node. */
    record ServerChangedKind(String from, String to) implements Obstacle {
    }

    /** The server sent a name that belongs to Tidebox. */
    record ServerUsedReservedName(String name) implements Obstacle {
    }

    /** The server sent a name that cannot be. */
    record ServerSentBadName(String detail) implements Obstacle {
    }

    /** The server sent a content longer than any disk. */
    record ServerSentEndless() implements Obstacle {
    }

    /** The server sent a damaged content; a detail may be missing. */
    record ServerSentDamage(String detail) implements Obstacle {
    }

    /** The server did not send all of a content. */
    record ServerSentPart() implements Obstacle {
    }

    /** The server refuses a change again and again. */
    record ServerRefuses(String conflict) implements Obstacle {
    }

    // What is synchronised in part.

    /** The file system of the root has no extended attributes. */
    record NoExtendedAttributes() implements Obstacle {
    }

    /** The extended attributes of an entry are not synchronised. */
    record ExtendedNotSent(Obstacle cause) implements Obstacle {
    }

    /**
     * This disk does not hold some extended attributes.
     *
     * @param cause why, or {@code null}
     */
    record ExtendedNotHeld(List<String> names, Obstacle cause) implements Obstacle {
    }

    /** There is no room for extended attributes on this disk, whatever room there is for contents. */
    record NoRoomForExtended() implements Obstacle {
    }

    /**
     * The time of modification is beyond what can be synchronised.
     *
     * @param early whether it is too early, else too late
     * @param sent what other devices get, in ISO 8601
     */
    record TimeNotSent(boolean early, String sent) implements Obstacle {
    }

    /**
     * This disk does not hold the time of modification.
     *
     * @param time in ISO 8601
     * @param here what it has here
     */
    record TimeNotHeld(String time, String here) implements Obstacle {
    }

    // Restoring.

    /** The folder that it was in cannot come back. */
    record FolderNotBack() implements Obstacle {
    }

    /** Its name is taken by what is there. */
    record NameTaken(String by) implements Obstacle {
    }

    /** It is being changed elsewhere. */
    record ChangedElsewhere() implements Obstacle {
    }

    /** It is a folder with entries. */
    record NotEmpty() implements Obstacle {
    }

    /** Its content is no longer kept. */
    record ContentGone() implements Obstacle {
    }

    /** The folder that it belongs into was not written. */
    record FolderNotWritten() implements Obstacle {
    }

    /** Another entry was written to its place. */
    record PlaceTaken() implements Obstacle {
    }

    /** It is done on the server, but not here yet. */
    record NotHereYet(Obstacle cause) implements Obstacle {
    }

    /** The sync folder has stopped and asks something. */
    record FolderAsks() implements Obstacle {
    }

    /** The sync folder cannot be brought up to date now. */
    record FolderFails(String detail) implements Obstacle {
    }

    // Settling conflicts.

    /** Only files can be merged. */
    record MergesFilesOnly() implements Obstacle {
    }

    /** Only texts can be merged. */
    record NoText(String path) implements Obstacle {
    }

    /** The text is too long to be merged. */
    record TextTooLong(String path, long mostBytes) implements Obstacle {
    }

    /** Both sides changed the same lines. */
    record SameLinesChanged(String path) implements Obstacle {
    }

    /** The two sides were not made from one version. */
    record NoCommonVersion(String path) implements Obstacle {
    }

    /** The version that both sides come from is no longer kept. */
    record CommonVersionGone() implements Obstacle {
    }

    /** There are copies of several devices, and it is not said which one is meant. */
    record SeveralCopies(String path, int devices) implements Obstacle {
    }

    /** Only the copy is left. */
    record OriginalGone(String path) implements Obstacle {
    }

    /** One of the two is not synchronised yet. */
    record NotSynchronisedYet(String path) implements Obstacle {
    }

    /** Somebody changed an entry of the conflict meanwhile. */
    record ChangedMeanwhile(String path, String name) implements Obstacle {
    }

    /** The name that an entry of the conflict should get is taken. */
    record NameInTheWay(String path, String name) implements Obstacle {
    }

    /** Something came into a folder that should go. */
    record FolderFilledMeanwhile(String path, String name) implements Obstacle {
    }

    /** The server refuses the change that would settle it. */
    record NotSettledByServer(String path) implements Obstacle {
    }
}
