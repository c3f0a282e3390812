package org.tidebox.control.internal;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/**
 * The users who may hear what goes over a control socket, and what has to be theirs before anything is said. Where a
 * system knows no owners and modes, only links are refused.
 */
public final class Trust {
    private static final String WAY_OUT = "; remove it, or set XDG_RUNTIME_DIR, or choose a home with a shorter path";
    private static final Set<PosixFilePermission> OWNERS = Set.of(PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private final Set<UserPrincipal> users = new HashSet<>();

    private Trust() {
    }

    /** Trusts the user of this process. */
    public static Trust inSelf() {
        Trust trust = new Trust();
        try {
            // The kernel's word; it counts for a user without a name as well.
            trust.users.add(Files.getOwner(Path.of("/proc/self")));
        } catch (IOException | UnsupportedOperationException e) {
            // Systems other than Linux have no such folder; the name has to do.
        }
        String name = System.getProperty("user.name");
        try {
            Path here = Path.of("");
            trust.users.add(here.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
        } catch (IOException | UnsupportedOperationException e) {
            // A user without a name in the system's list.
        }
        return trust;
    }

    /** Trusts the user of this process and the owner of a home: root may talk to a user's agent. */
    public static Trust inOwnerOf(Path home) throws IOException {
        Trust trust = inSelf();
        if (Files.exists(home)) {
            trust.users.add(Files.getOwner(home));
        }
        return trust;
    }

    /**
     * Requires a folder in which nobody else can have put a socket.
     *
     * @throws IOException if it is a link or no folder, belongs to somebody else, or others may enter it
     */
    public void requireFolder(Path folder) throws IOException {
        requireOwned(folder);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(folder + " is a link or no folder" + WAY_OUT);
        }
        PosixFileAttributes attributes = attributes(folder);
        if (attributes != null && !OWNERS.containsAll(attributes.permissions())) {
            throw new IOException("the folder " + folder + " is open to other users" + WAY_OUT);
        }
    }

    /**
     * Requires that a file, folder or link is nobody else's.
     *
     * @throws IOException if it belongs to somebody else
     */
    public void requireOwned(Path path) throws IOException {
        PosixFileAttributes attributes = attributes(path);
        if (attributes != null && !users.contains(attributes.owner())) {
            throw new IOException(path + " belongs to another user, " + attributes.owner().getName() + WAY_OUT);
        }
    }

    /**
     * Requires that nobody else serves a socket, where the system tells.
     *
     * @param channel is connected
     * @throws IOException if it is served by somebody else
     */
    public void requirePeer(SocketChannel channel) throws IOException {
        if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return;
        }
        UserPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        if (!users.contains(peer)) {
            throw new IOException("the socket " + channel.getRemoteAddress() + " is served by another user, "
                    + peer.getName() + WAY_OUT);
        }
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS);
        return view == null ? null : view.readAttributes();
    }
}
