package org.tidebox.wire;

import org.tidebox.tree.LibraryId;

/** The paths and media types of the protocol, versions 1 to 4. */
public final class Routes {
    /** What every server speaks. */
    public static final int VERSION = 1;
    /** Version 1, and chunks may travel as patches of others in both directions. */
    public static final int VERSION_PATCHES = 2;
    /** Version 2, and a commit may travel {@linkplain Compression compressed}. */
    public static final int VERSION_COMPRESSION = 3;
    /** Version 3, and a commit may say that a person confirmed it; former names can be asked for. */
    public static final int VERSION_CONFIRMED = 4;
    /** Everything lies below this. */
    public static final String BASE = "/api/v1";
    /** GET, no token: {@link Messages.ServerInfo}. */
    public static final String INFO = BASE + "/info";
    /** GET, no token: the OpenAPI document, JSON. */
    public static final String OPENAPI = BASE + "/openapi.json";
    /** POST {@link Messages.Login}, no token: {@link Messages.Welcome}. */
    public static final String LOGIN = BASE + "/login";
    /** POST {@link Messages.Join}, no token: {@link Messages.Welcome}. */
    public static final String JOIN = BASE + "/join";
    /** POST, empty: the device's token ends. 204. */
    public static final String LOGOUT = BASE + "/logout";
    /**
     * For people who use no device. POST {@link Messages.StartSession}, no token: {@link Messages.SessionInfo} with a
     * {@linkplain #SESSION_COOKIE cookie}. GET: {@link Messages.SessionInfo}. DELETE: the session ends. 204.
     */
    public static final String SESSION = BASE + "/session";
    /** The cookie that holds the token of a session without a device. */
    public static final String SESSION_COOKIE = "__Host-tidebox";
    /**
     * The header that every request but GET and HEAD has if it shows {@link #SESSION_COOKIE}, with any value: no page of
     * another site can make a browser send it.
     */
    public static final String SESSION_HEADER = "Tidebox-Request";
    /** GET: {@link Messages.Devices}. */
    public static final String DEVICES = BASE + "/devices";
    /** POST {@link Messages.RemoveDevice}: another device's token ends. 204. */
    public static final String REMOVE_DEVICE = BASE + "/devices/remove";
    /** POST {@link Messages.ChangePassword}: {@link Messages.PasswordChanged}. */
    public static final String PASSWORD = BASE + "/password";
    /**
     * GET: {@link Messages.Libraries}. POST {@link Messages.NewLibrary}: the {@link org.tidebox.tree.Library}, 201 if
     * made, 200 if it was there.
     */
    public static final String LIBRARIES = BASE + "/libraries";
    /**
     * GET: an endless stream of {@link LibraryEvent}s. As {@link #CBOR_SEQUENCE} for those who accept that: they hear
     * what changed, too, but nothing of what they have done themselves. Else as {@link #EVENT_STREAM}.
     */
    public static final String EVENTS = BASE + "/events";

    /** Records as JSON. */
    public static final String JSON = "application/json";
    /** Records as CBOR (RFC 8949). */
    public static final String CBOR = "application/cbor";
    /** A stream of {@linkplain Frame frames}. */
    public static final String FRAMES = "application/vnd.tidebox.frames";
    /** {@link Problem} (RFC 9457). */
    public static final String PROBLEM = "application/problem+json";
    /** Byte strings that hold a record as CBOR each (RFC 8742). */
    public static final String CBOR_SEQUENCE = "application/cbor-seq";
    /** Server-sent events. */
    public static final String EVENT_STREAM = "text/event-stream";

    private Routes() {
    }

    /** GET {@code ?since=N&limit=M&seen=MARK}: {@link org.tidebox.tree.ChangePage}. */
    public static String changes(LibraryId library) {
        return LIBRARIES + "/" + library + "/changes";
    }

    /** POST {@link Messages.ChunkIds}: those that are missing, as {@link Messages.ChunkIds}. */
    public static String missing(LibraryId library) {
        return LIBRARIES + "/" + library + "/chunks/missing";
    }

    /** POST {@link Messages.ChunkIds}: {@linkplain Frame frames} with those chunks, in the order asked for. */
    public static String fetch(LibraryId library) {
        return LIBRARIES + "/" + library + "/chunks/fetch";
    }

    /**
     * POST {@link Messages.ChunkIds}, at most {@link Limits#MAX_SIGNATURES}: {@linkplain Frame frames} with the block
     * signatures of those chunks that the account has stored, in the order asked for. Protocol version 2.
     */
    public static String signatures(LibraryId library) {
        return LIBRARIES + "/" + library + "/chunks/signatures";
    }

    /**
     * POST {@link Messages.ChunkWishes}: {@linkplain Frame frames} with those chunks, each whole or as a patch, in the
     * order asked for. Protocol version 2.
     */
    public static String patches(LibraryId library) {
        return LIBRARIES + "/" + library + "/chunks/patches";
    }

    /**
     * POST {@linkplain Frame frames} (chunks, then at most one commit): {@link Messages.Uploaded}; all is durable when
     * the answer comes. A server that refuses in the middle reads to the end before it answers: a client may see an
     * answer only when it has sent all, and lose it when the stream is reset.
     */
    public static String upload(LibraryId library) {
        return LIBRARIES + "/" + library + "/upload";
    }

    /** GET {@code ?node=ID&before=N&limit=M}: {@link Messages.History}, one page. */
    public static String history(LibraryId library) {
        return LIBRARIES + "/" + library + "/history";
    }

    /** POST {@link Messages.NodeIds}: the newest version of each that is there, as {@link Messages.History}. */
    public static String nodes(LibraryId library) {
        return LIBRARIES + "/" + library + "/nodes";
    }

    /**
     * GET {@code ?asOf=N&after=N&limit=M}: {@link org.tidebox.tree.ChangePage}. POST {@link Messages.FoldersAsOf}:
     * {@link org.tidebox.tree.PastPage}.
     */
    public static String tree(LibraryId library) {
        return LIBRARIES + "/" + library + "/tree";
    }

    /**
     * GET {@code /PATH?version=N}: the bytes of a file, with {@code Range}, {@code If-Range} and {@code If-None-Match}.
     * Each name of the path is encoded for itself.
     */
    public static String files(LibraryId library) {
        return LIBRARIES + "/" + library + "/files";
    }

    /** GET {@code /PATH?after=N&limit=M}: {@link Messages.FolderPage}; without a path of the library's root. */
    public static String folders(LibraryId library) {
        return LIBRARIES + "/" + library + "/folders";
    }

    /** GET {@code ?before=N&limit=M}: {@link Messages.Deleted}. */
    public static String deleted(LibraryId library) {
        return LIBRARIES + "/" + library + "/deleted";
    }

    /** GET: {@link Messages.Wanted}, the files whose contents the server asks devices to send again. */
    public static String wanted(LibraryId library) {
        return LIBRARIES + "/" + library + "/wanted";
    }

    /** GET {@code ?parent=ID&name=N}: who had that name in that folder, as {@link Messages.NodeIds}. From version 4 on. */
    public static String formerly(LibraryId library) {
        return LIBRARIES + "/" + library + "/formerly";
    }

    /** GET {@code ?since=N}: {@link Messages.Confirmed}. From version 4 on. */
    public static String confirmed(LibraryId library) {
        return LIBRARIES + "/" + library + "/confirmed";
    }

    /** GET {@code ?time=T}: {@link Messages.Moment}. */
    public static String moment(LibraryId library) {
        return LIBRARIES + "/" + library + "/moment";
    }
}
