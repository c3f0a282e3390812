package org.tidebox.sync.internal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.internal.report.Problems;
import org.tidebox.sync.internal.report.Reasons;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * The extended attributes of files and folders on the disk, where they are to be kept and the file system has them.
 * What cannot be kept is told as a problem of its path, and stays as it is on the server. Where they are not to be
 * kept, the disk is not even asked.
 */
public final class ExtendedView {
    private static final Logger LOG = LoggerFactory.getLogger(ExtendedView.class);
    /** They may change while they are read. */
    private static final int MOST_ATTEMPTS = 3;

    private final ConfinedRoot confined;
    private final boolean wanted;
    private final Problems problems;
    private boolean active;

    public ExtendedView(ConfinedRoot confined, boolean wanted, Problems problems) {
        this.confined = confined;
        this.wanted = wanted;
        this.problems = problems;
    }

    /** Finds out whether the folder's file system has them; for each run anew, since another disk may be there now. */
    public void begin() throws IOException {
        active = wanted
                && Files.getFileStore(confined.root()).supportsFileAttributeView(UserDefinedFileAttributeView.class);
        if (wanted && !active) {
            problems.incomplete(NodeId.ROOT, Problems.Part.EXTENDED, ".",
                    new Obstacle.NoExtendedAttributes());
        } else {
            problems.complete(NodeId.ROOT, Problems.Part.EXTENDED);
        }
    }

    /** Returns whether they are kept. */
    public boolean isActive() {
        return active;
    }

    /**
     * Returns whether to look at those of an entry whose stamp is the same: where nobody did yet, and where no time
     * would tell of a change, as with folders.
     */
    public boolean isDue(LocalNode node) {
        if (!active || node.kind() == NodeKind.LINK) {
            return false;
        }
        return node.held() == null || !node.stamp().hasChangeTime()
                || !node.held().equals(node.attributes().extended());
    }

    /** Brings a node up to date with what its entry has now. */
    public LocalNode look(LocalNode node, Path path) {
        if (!active || node.kind() == NodeKind.LINK) {
            return node.held() == null ? node : node.withExtended(node.attributes().extended(), null);
        }
        try {
            LocalNode seen = seen(node, read(path));
            lacking(seen, path);
            return seen;
        } catch (IOException | IllegalArgumentException e) {
            problems.incomplete(node.id(), Problems.Part.EXTENDED, display(path),
                    new Obstacle.ExtendedNotSent(reason(e)));
            return node.withExtended(node.attributes().extended(), null);
        }
    }

    /** What the disk shows counts only where it changed: the disk may be unable to hold what the node has. */
    private static LocalNode seen(LocalNode node, ExtendedAttributes found) {
        ExtendedAttributes before = node.attributes().extended();
        if (node.held() == null) {
            return node.withExtended(found, found.equals(before) ? found : null);
        }
        return node.withExtended(before.with(found.differences(node.held()), found), found);
    }

    private void lacking(LocalNode node, Path path) {
        if (node.held() == null || node.held().equals(node.attributes().extended())) {
            problems.complete(node.id(), Problems.Part.EXTENDED);
        } else if (!problems.isIncomplete(node.id(), Problems.Part.EXTENDED)) {
            problems.incomplete(node.id(), Problems.Part.EXTENDED, display(path),
                    new Obstacle.ExtendedNotHeld(
                            List.copyOf(node.attributes().extended().differences(node.held())), null));
        }
    }

    /**
     * Gives a new entry its attributes, as far as the disk can hold them.
     *
     * @param path of the entry now
     * @param target where it will be
     * @return those that it has now; {@code null} if they are not kept
     */
    public ExtendedAttributes give(NodeId id, Path path, Path target, ExtendedAttributes attributes) {
        return active ? change(id, path, target, ExtendedAttributes.NONE, attributes) : null;
    }

    /**
     * Changes the attributes of an entry in place, as far as the disk can hold them. What was never seen there is not
     * removed.
     *
     * @return those that it has now; {@code null} if they must be looked at anew
     * @throws StaleException if somebody else changed them
     */
    public ExtendedAttributes change(LocalNode node, Path path, ExtendedAttributes attributes)
            throws IOException, StaleException {
        try {
            ExtendedAttributes found = read(path);
            if (node.held() == null) {
                ExtendedAttributes all = found.with(attributes.names(), attributes);
                return change(node.id(), path, path, found, all).equals(attributes) ? attributes : null;
            }
            if (found.equals(node.held())) {
                return change(node.id(), path, path, found, attributes);
            }
        } catch (IllegalArgumentException e) {
            problems.incomplete(node.id(), Problems.Part.EXTENDED, display(path),
                    new Obstacle.ExtendedNotSent(reason(e)));
            return null;
        }
        throw StaleException.changed(path);
    }

    /** Returns whether an entry has what it was found to have, as far as that is known and can be read. */
    public boolean isAsHeld(LocalNode node, Path path) {
        try {
            return !active || node.held() == null || read(path).equals(node.held());
        } catch (IOException e) {
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Copies attributes that are not synchronised, as too many cannot be, from a file that is about to be replaced.
     *
     * @return whether there are any
     */
    public boolean carry(LocalNode old, Path from, Path to) throws IOException {
        if (!active || old.held() != null) {
            return false;
        }
        return copyMissing(from, to);
    }

    /** Copies all that a file has to another file system, if that can hold them; the next look tells if it does not. */
    public void copy(Path from, Path to) {
        if (active) {
            try {
                copyMissing(from, to);
            } catch (IOException e) {
                LOG.debug("{} does not get all extended attributes: {}", to, e.getMessage());
            }
        }
    }

    private boolean copyMissing(Path from, Path to) throws IOException {
        UserDefinedFileAttributeView source = view(from);
        List<String> names = new ArrayList<>(source.list());
        names.removeAll(view(to).list());
        for (String name : names) {
            confined.setExtended(to, name, ByteBuffer.wrap(value(source, name)));
        }
        return !names.isEmpty();
    }

    private ExtendedAttributes change(NodeId id, Path path, Path target, ExtendedAttributes from,
            ExtendedAttributes to) {
        List<String> names = new ArrayList<>(from.differences(to));
        // What goes makes room for what comes.
        names.sort(Comparator.comparing(name -> to.value(name) != null));
        List<String> done = new ArrayList<>();
        Obstacle refusal = null;
        for (String name : names) {
            try {
                byte[] value = to.value(name);
                confined.setExtended(path, name, value == null ? null : ByteBuffer.wrap(value));
                done.add(name);
            } catch (IOException | IllegalArgumentException e) {
                refusal = reason(e);
            }
        }
        names.removeAll(done);
        if (names.isEmpty()) {
            problems.complete(id, Problems.Part.EXTENDED);
        } else {
            problems.incomplete(id, Problems.Part.EXTENDED, display(target),
                    new Obstacle.ExtendedNotHeld(List.copyOf(names), refusal));
        }
        return from.with(done, to);
    }

    private static ExtendedAttributes read(Path path) throws IOException {
        for (int attempt = 1;; attempt++) {
            try {
                return readOnce(view(path));
            } catch (IOException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static ExtendedAttributes readOnce(UserDefinedFileAttributeView view) throws IOException {
        List<String> names = view.list();
        if (names.isEmpty()) {
            return ExtendedAttributes.NONE;
        }
        Map<String, byte[]> values = new HashMap<>();
        long bytes = 0;
        for (String name : names) {
            bytes += view.size(name);
            if (bytes > ExtendedAttributes.MAX_BYTES) {
                throw new IllegalArgumentException("there are more than " + ExtendedAttributes.MAX_BYTES + " bytes");
            }
            values.put(name, value(view, name));
        }
        return ExtendedAttributes.of(values);
    }

    private static byte[] value(UserDefinedFileAttributeView view, String name) throws IOException {
        ByteBuffer value = ByteBuffer.allocate(view.size(name));
        view.read(name, value);
        byte[] bytes = new byte[value.flip().remaining()];
        value.get(bytes);
        return bytes;
    }

    private static UserDefinedFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private String display(Path path) {
        return ShownPath.of(confined.root(), path);
    }

    /** A full disk and an attribute too large for it are told by the same error, so no room is promised to help. */
    private static Obstacle reason(Exception e) {
        return e instanceof IOException refused && !Reasons.isFull(refused)
                ? Reasons.of(refused)
                : e instanceof IOException ? new Obstacle.NoRoomForExtended() : new Obstacle.Other(e.getMessage());
    }
}
