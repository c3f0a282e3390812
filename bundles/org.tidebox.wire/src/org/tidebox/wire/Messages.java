package org.tidebox.wire;

import java.time.Instant;
import java.util.List;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.SequenceRange;

/** The records that travel as JSON or CBOR. */
public final class Messages {
    private Messages() {
    }

    /**
     * Who answers.
     *
     * @param product always {@code tidebox}
     * @param version of the server
     * @param protocol the protocol versions it speaks
     */
    public record ServerInfo(String product, String version, List<Integer> protocol) {
    }

    /**
     * A login with account and password.
     *
     * @param account the person
     * @param password in clear; the connection is sealed
     * @param device how the person calls this installation
     */
    public record Login(String account, String password, String device) {
    }

    /**
     * A login without a device.
     *
     * @param account the person
     * @param password in clear; the connection is sealed
     */
    public record StartSession(String account, String password) {
    }

    /**
     * Who is logged in without a device.
     *
     * @param account the person
     */
    public record SessionInfo(String account) {
    }

    /**
     * A login with the secret of a join code.
     *
     * @param secret works once
     * @param device how the person calls this installation
     */
    public record Join(String secret, String device) {
    }

    /**
     * The answer to a login.
     *
     * @param account the person
     * @param device the device's name
     * @param token to be sent as {@code Authorization: Bearer} from now on
     */
    public record Welcome(String account, String device, String token) {
    }

    /**
     * An account's devices.
     *
     * @param devices by name
     */
    public record Devices(List<DeviceEntry> devices) {
    }

    /**
     * One device of an account.
     *
     * @param number tells it from others of the same name
     * @param name how the person calls it
     * @param own whether it is the one that asks
     * @param connected whether it listens to the news now
     * @param created when it was connected with the account
     * @param lastSeen when it was last seen, to the hour
     * @param address where it was last seen, or {@code null} if that is not known
     * @param expires when its token ends unless it is used
     */
    public record DeviceEntry(long number, String name, boolean own, boolean connected, Instant created,
            Instant lastSeen, String address, Instant expires) {
    }

    /**
     * Another device is to be removed.
     *
     * @param device its name, or its number
     * @param password the account's
     */
    public record RemoveDevice(String device, String password) {
    }

    /**
     * The account's password is to be changed.
     *
     * @param password the present one
     * @param fresh the new one
     * @param logOutOthers whether to remove all other devices as well, and to withdraw open join codes
     */
    public record ChangePassword(String password, String fresh, boolean logOutOthers) {
    }

    /**
     * The password is another one now.
     *
     * @param loggedOut how many devices were removed
     */
    public record PasswordChanged(int loggedOut) {
    }

    /**
     * An account's libraries.
     *
     * @param libraries by name
     */
    public record Libraries(List<Library> libraries) {
    }

    /**
     * A library to be made.
     *
     * @param name unique among the account's libraries of the kind
     * @param kind what for
     */
    public record NewLibrary(String name, LibraryKind kind) {
    }

    /**
     * A list of chunks.
     *
     * @param ids at most {@link Limits#MAX_IDS}
     */
    public record ChunkIds(List<ChunkId> ids) {
    }

    /**
     * Files whose present content the server lacks chunks of, because its copy is damaged or lost.
     *
     * @param nodes at most {@link Limits#MAX_IDS}
     */
    public record Wanted(List<NodeId> nodes) {
    }

    /**
     * A list of chunks that the device wants, and of what it has that may be like them.
     *
     * @param wishes at most {@link Limits#MAX_IDS}
     */
    public record ChunkWishes(List<ChunkWish> wishes) {
    }

    /**
     * A chunk that the device wants.
     *
     * @param id the chunk
     * @param bases what the device has, in the order in which a patch may build on them; at most
     *        {@link org.tidebox.delta.ChunkPatch#MAX_BASES}; empty if the chunk has to come whole
     */
    public record ChunkWish(ChunkId id, List<ChunkId> bases) {
    }

    /**
     * The answer to an upload.
     *
     * @param stored how many chunks were new
     * @param commit the answer to the commit, or {@code null} if there was none
     */
    public record Uploaded(int stored, CommitResult commit) {
    }

    /**
     * A node's past, one page, or the newest versions of some nodes.
     *
     * @param versions newest first
     */
    public record History(List<HistoryEntry> versions) {
    }

    /**
     * One state of a node.
     *
     * @param node the state
     * @param device the name of the device that made it
     * @param time when the server accepted it
     * @param thinned whether retention has let go of versions between this one and the next older one that is left
     */
    public record HistoryEntry(Node node, String device, Instant time, boolean thinned) {
    }

    /**
     * A list of nodes.
     *
     * @param ids at most {@link Limits#MAX_IDS}
     */
    public record NodeIds(List<NodeId> ids) {
    }

    /**
     * A question for what lay in folders.
     *
     * @param asOf the sequence
     * @param folders at most {@link Limits#MAX_IDS}
     * @param after read on behind this sequence in the first of them; 0 at first
     * @param limit the most nodes of a page; the server may give fewer
     */
    public record FoldersAsOf(long asOf, List<NodeId> folders, long after, int limit) {
    }

    /**
     * What lies in a folder, one page.
     *
     * @param entries in the order in which they last changed
     * @param next where to read on, or {@code null} at the end
     */
    public record FolderPage(List<FolderEntry> entries, Long next) {
    }

    /**
     * One entry of a folder.
     *
     * @param name its name
     * @param kind what it is
     * @param size the bytes of a file's content, else 0
     * @param modified when it was modified, as the device said
     * @param id its identity
     * @param version the sequence of its present version
     * @param target what a link points to, else {@code null}
     */
    public record FolderEntry(String name, NodeKind kind, long size, Instant modified, NodeId id, long version,
            String target) {
    }

    /**
     * Nodes that are deleted now.
     *
     * @param entries each with its newest version, newest first; empty at the end
     */
    public record Deleted(List<HistoryEntry> entries) {
    }

    /**
     * Which changes a person confirmed on the device that sent them, because they deleted much.
     *
     * @param ranges their sequences, rising; at most {@link Limits#MAX_PAGE}, read on behind the last
     */
    public record Confirmed(List<SequenceRange> ranges) {
    }

    /**
     * Where a library was at a time.
     *
     * @param sequence its head then
     */
    public record Moment(long sequence) {
    }
}
