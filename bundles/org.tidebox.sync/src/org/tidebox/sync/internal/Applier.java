package org.tidebox.sync.internal;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.tidebox.sync.ConflictCopy;
import org.tidebox.sync.DiskStamp;
import org.tidebox.sync.LocalNode;
import org.tidebox.sync.SyncTotals;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * Carries out the steps on the disk that need no content from the server. Each is guarded, and done or not done as a
 * whole.
 */
final class Applier {
    private static final SyncTotals ONE_CHANGE = new SyncTotals(0, 0, 0, 0, 0, 1, 0);
    private static final int OWNER_MAY_ALL = 0700;
    private static final int OWNER_MAY_READ_AND_WRITE = 0600;
    private static final long COARSEST_TIME = Duration.ofSeconds(2).toNanos();

    private final Context context;
    private final Placement placement;
    private final Writable writable;
    private final FileReader reader;
    private boolean progressed;

    Applier(Context context, Placement placement) {
        this.context = context;
        this.placement = placement;
        this.writable = new Writable(context.disk());
        this.reader = new FileReader(context);
    }

    /**
     * Carries out all but the downloads.
     *
     * @return whether at least one step was done
     */
    boolean apply(List<Operation> operations) throws TreeStoreException, InterruptedException {
        progressed = false;
        context.guard().forget();
        context.paths().forget();
        try {
            for (Operation operation : operations) {
                context.stop().check();
                applyOne(operation);
            }
        } finally {
            placement.settle();
            context.durability().folders();
            context.trees().flush();
        }
        return progressed;
    }

    private void applyOne(Operation operation) throws TreeStoreException {
        try {
            boolean done = isPossible(operation) && switch (operation) {
                case Operation.Make make -> make(make.node());
                case Operation.Move move -> move(move);
                case Operation.SetAttributes set -> setAttributes(set);
                case Operation.Remove remove -> remove(remove.id());
                case Operation.SetAside aside -> setAside(aside);
                case Operation.Adopt adopt -> adopt(adopt);
                case Operation.Read read -> read(read.id());
                case Operation.Download download -> false;
                case Operation.Upload upload -> false;
            };
            progressed |= done;
        } catch (StaleException e) {
            context.rescan().add(e.folder());
        } catch (IOException | InvalidPathException e) {
            fail(operation.id(), e);
        }
    }

    /** A step before this one may have failed; then the next plan tells how to go on. */
    private boolean isPossible(Operation operation) throws TreeStoreException {
        return switch (operation) {
            case Operation.Make make -> context.paths().isHere(make.node().parent());
            case Operation.Move move ->
                context.paths().isHere(move.to().parent()) && context.trees().triple(move.id()).isHere();
            case Operation.Download download -> false;
            case Operation.Upload upload -> false;
            default -> context.trees().triple(operation.id()).isHere();
        };
    }

    private void fail(NodeId id, Exception e) throws TreeStoreException {
        String reason = e instanceof IOException io
                ? Reasons.of(io)
                : "this system cannot hold the name: " + e.getMessage();
        context.problems().failed(id, display(id), reason);
    }

    private String display(NodeId id) throws TreeStoreException {
        Triple triple = context.trees().triple(id);
        try {
            return triple.isHere()
                    ? context.paths().display(context.paths().of(triple.local()))
                    : triple.remote().name();
        } catch (InvalidPathException e) {
            return triple.remote().name();
        }
    }

    private boolean make(Node node) throws TreeStoreException, IOException, StaleException {
        Triple old = context.trees().triple(node.id());
        boolean replaces = old.isHere();
        Path path = replaces
                ? context.paths().of(old.local())
                : context.paths().place(node.parent(), node.name());
        LocalNode made = node.kind() == NodeKind.FOLDER
                ? makeFolder(node, path)
                : LocalNode.of(node, makeLink(node, path, replaces ? old : null));
        context.durability().touched(path.getParent());
        return done(made);
    }

    private LocalNode makeFolder(Node node, Path path) throws IOException, StaleException {
        context.guard().free(path);
        writable.in(path.getParent(), () -> Files.createDirectory(path));
        ExtendedAttributes held = give(node, path);
        context.disk().setMode(path, node.attributes().mode());
        return LocalNode.of(node, asSet(stamp(path), node.attributes().mode()))
                .withExtended(node.attributes().extended(), held);
    }

    private ExtendedAttributes give(Node node, Path path) {
        ExtendedAttributes extended = node.attributes().extended();
        if (!extended.isEmpty()) {
            context.durability().touched(path);
        }
        return context.extended().give(node.id(), path, path, extended);
    }

    /** Where modes stay as they are set, another one is somebody else's, and new to the next scan. */
    private DiskStamp asSet(DiskStamp now, int mode) {
        boolean ours = mode != Attributes.NO_MODE && placement.abilities().modes();
        return new DiskStamp(now.size(), now.mtime(), now.ctime(), ours ? mode : now.mode(), now.key());
    }

    private DiskStamp makeLink(Node node, Path path, Triple old) throws IOException, StaleException {
        if (old == null) {
            context.guard().free(path);
            writable.in(path.getParent(), () -> Files.createSymbolicLink(path, target(path, node)));
            return linkStamp(path, node.target());
        }
        Path temporary = context.temporary().resolve(node.id().toHex());
        Files.deleteIfExists(temporary);
        Files.createSymbolicLink(temporary, target(path, node));
        DiskStamp before = stamp(temporary);
        placement.replace(temporary, old, path);
        return Entries.keptStamp(before, stamp(path));
    }

    private static Path target(Path path, Node node) {
        return path.getFileSystem().getPath(node.target());
    }

    /** Returns the stamp of a link that was just made, and may already be another one. */
    private DiskStamp linkStamp(Path path, String target) throws IOException {
        DiskStamp now = stamp(path);
        try {
            return Files.readSymbolicLink(path).toString().equals(target) ? now : DiskStamp.UNKNOWN;
        } catch (NoSuchFileException | NotLinkException e) {
            return DiskStamp.UNKNOWN;
        }
    }

    private boolean move(Operation.Move move) throws TreeStoreException, IOException, StaleException {
        LocalNode node = local(move.id());
        Path from = context.paths().of(node);
        Path to = context.paths().place(move.to().parent(), move.to().name());
        return done(rename(node, from, to, move.to()));
    }

    private LocalNode rename(LocalNode node, Path from, Path to, Place place)
            throws IOException, StaleException, TreeStoreException {
        DiskStamp before = context.guard().same(node, from);
        Optional<DiskEntry> there = context.disk().look(to);
        // A file system that ignores case finds the entry itself under its new name.
        boolean itself = there.isPresent() && there.get().stamp().sameKey(node.stamp());
        if (itself) {
            relocate(node, from, to);
        } else if (node.kind() == NodeKind.FOLDER) {
            moveFolder(node, from, to);
        } else {
            placement.move(node, from, to);
        }
        context.durability().touched(from.getParent());
        context.durability().touched(to.getParent());
        if (there.isPresent() && !context.disk().names(to.getParent()).contains(to.getFileName().toString())) {
            throw new IOException("this file system does not rename " + from.getFileName() + " to "
                    + to.getFileName() + ", which differs in case only");
        }
        if (node.kind() == NodeKind.FOLDER) {
            context.paths().forget();
            context.guard().forget();
        }
        LocalNode moved = node.withPlace(place.parent(), place.name(), place.name());
        return node.kind() == NodeKind.LINK
                ? moved.withStamp(linkStamp(to, node.target()))
                : asHeld(moved.withStamp(Entries.keptStamp(unlessChanged(node.stamp(), before), stamp(to))), to);
    }

    /** A later change of the inode may be an edit that set the time back, which the next scan must find. */
    private static DiskStamp unlessChanged(DiskStamp known, DiskStamp now) {
        return known.ctime() == now.ctime() ? known : known.young();
    }

    /** No system lets a folder take the place of a file, or of a folder that holds something. */
    private void moveFolder(LocalNode node, Path from, Path to) throws IOException, StaleException {
        context.guard().free(to);
        try {
            relocate(node, from, to);
        } catch (IOException e) {
            context.guard().free(to);
            throw e;
        }
    }

    /** Moving a folder changes its entry "..", which takes the right to write in it. */
    private void relocate(LocalNode node, Path from, Path to) throws IOException {
        boolean changesParent = node.kind() == NodeKind.FOLDER && !from.getParent().equals(to.getParent());
        Writable.Action move = () -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        writable.in(from.getParent(), () -> writable.in(to.getParent(), () -> {
            if (changesParent) {
                writable.in(from, move);
            } else {
                move.run();
            }
        }));
    }

    private boolean setAttributes(Operation.SetAttributes set) throws TreeStoreException, IOException, StaleException {
        LocalNode node = local(set.id());
        Path path = context.paths().of(node);
        DiskStamp before = unlessChanged(node.stamp(), context.guard().same(node, path));
        Attributes attributes = set.attributes();
        boolean onlyExtended = AttributeRule.samePlain(node.kind(), node.attributes(), attributes);
        if (onlyExtended && !context.extended().isActive()) {
            // They are not kept here, so all there is to do is to know of them.
            return done(node.withAttributes(attributes).withExtended(attributes.extended(), null));
        }
        ExtendedAttributes held = attributes.extended().equals(node.attributes().extended())
                ? node.held()
                : setExtended(node, path, attributes.extended());
        DiskStamp expected = onlyExtended ? before : setModeAndTime(node, path, before, attributes);
        LocalNode changed = node.withAttributes(attributes).withExtended(attributes.extended(), held);
        return done(asHeld(changed.withStamp(Entries.keptStamp(expected, stamp(path))), path));
    }

    /**
     * Sets extended attributes; lifts a write protection meanwhile, which counts for them, too.
     *
     * @return those that the entry has then; {@code null} if that is not known
     */
    private ExtendedAttributes setExtended(LocalNode node, Path path, ExtendedAttributes extended)
            throws IOException, StaleException {
        if (!context.extended().isActive()) {
            return null;
        }
        int mode = node.stamp().mode();
        boolean isProtected = mode != Attributes.NO_MODE
                && (mode & OWNER_MAY_READ_AND_WRITE) != OWNER_MAY_READ_AND_WRITE;
        if (isProtected) {
            context.disk().setMode(path, mode | OWNER_MAY_READ_AND_WRITE);
        }
        try {
            return context.extended().change(node, path, extended);
        } finally {
            if (isProtected) {
                context.disk().setMode(path, mode);
            }
            context.durability().touched(path);
        }
    }

    /** Sets them, and returns the stamp by which to find out whether anybody else did something, too. */
    private DiskStamp setModeAndTime(LocalNode node, Path path, DiskStamp before, Attributes attributes)
            throws IOException {
        boolean setsTime = node.kind() == NodeKind.FILE && node.attributes().mtime() != attributes.mtime();
        if (setsTime) {
            boolean unreadable = (node.stamp().mode() & 0400) == 0;
            if (unreadable) {
                context.disk().setMode(path, node.stamp().mode() | OWNER_MAY_ALL);
            }
            context.disk().setTime(path, attributes.mtime());
        }
        context.disk().setMode(path, attributes.mode());
        DiskStamp now = stamp(path);
        DiskStamp expected = asSet(new DiskStamp(before.size(), setsTime ? time(now, attributes) : before.mtime(),
                before.ctime(), now.mode(), before.key()), attributes.mode());
        // A new time may hide an edit of the same instant: the next scan reads the content.
        return setsTime ? expected.young() : expected;
    }

    private static long time(DiskStamp now, Attributes set) {
        return isTime(now.mtime(), set.mtime()) ? now.mtime() : set.mtime();
    }

    /** Where somebody else changed extended attributes meanwhile, the next scan must find it. */
    private LocalNode asHeld(LocalNode node, Path path) {
        return context.extended().isAsHeld(node, path) ? node : node.withStamp(node.stamp().young());
    }

    /** Returns whether a time is the one that was set, as far as the file system can hold that. */
    private static boolean isTime(long found, long set) {
        return found <= set && set - found < COARSEST_TIME;
    }

    private boolean remove(NodeId id) throws TreeStoreException, IOException, StaleException {
        LocalNode node = local(id);
        Path path = context.paths().of(node);
        if (context.disk().look(path).isEmpty()) {
            // Gone already. Its folder must not go while it still counts as being there.
            return done(node.withDeleted(true));
        }
        try {
            placement.remove(context.trees().triple(id), path);
        } catch (DirectoryNotEmptyException e) {
            if (!context.problems().hasSkipped(id)) {
                throw new StaleException(path, path + " is not empty");
            }
            throw new IOException(
                    "the folder was deleted elsewhere, but here it still holds entries that cannot be synchronised", e);
        }
        if (node.kind() == NodeKind.FOLDER) {
            context.guard().forget();
        }
        context.durability().touched(path.getParent());
        return done(node.withDeleted(true));
    }

    private boolean setAside(Operation.SetAside aside) throws TreeStoreException, IOException, StaleException {
        LocalNode node = local(aside.id());
        Path from = context.paths().of(node);
        Instant now = context.clock().instant();
        int attempt = 1;
        Path to;
        do {
            to = from.resolveSibling(
                    ConflictName.of(node.name(), node.kind(), context.device(), now, ZoneId.systemDefault(),
                            attempt++));
        } while (context.disk().look(to).isPresent());
        LocalNode renamed = rename(node, from, to, new Place(node.parent(), to.getFileName().toString()));
        if (aside.asNew()) {
            Node base = context.trees().triple(node.id()).base();
            context.trees().forgetLocal(node.id());
            context.problems().complete(node.id());
            // Leads to what both sides came from, so that they can be merged.
            renamed = renamed.withId(base == null
                    ? NodeId.random(context.random())
                    : ConflictId.of(node.id(), base.sequence(), context.random()));
        }
        context.progress().conflict(new ConflictCopy(context.paths().display(to), node.name(), now));
        context.trees().putLocal(renamed);
        return true;
    }

    private boolean adopt(Operation.Adopt adopt) throws TreeStoreException {
        LocalNode node = local(adopt.id());
        if (node.kind() == NodeKind.FOLDER) {
            context.trees().flush();
            for (LocalNode child : context.trees().store().children(adopt.id())) {
                context.trees().putLocal(child.withPlace(adopt.as(), child.name(), child.diskName()));
            }
            context.paths().forget();
        }
        context.trees().forgetLocal(adopt.id());
        context.problems().clear(adopt.id());
        context.problems().complete(adopt.id());
        return done(node.withId(adopt.as()));
    }

    private boolean read(NodeId id) throws TreeStoreException, IOException, StaleException {
        LocalNode node = local(id);
        return done(reader.read(node, context.paths().of(node), (chunk, raw) -> {
        }));
    }

    private boolean done(LocalNode node) throws TreeStoreException {
        context.problems().clear(node.id());
        if (node.deleted()) {
            context.problems().complete(node.id());
        }
        context.trees().putLocal(node);
        context.progress().add(ONE_CHANGE);
        return true;
    }

    private LocalNode local(NodeId id) throws TreeStoreException {
        return context.trees().triple(id).local();
    }

    private DiskStamp stamp(Path path) throws IOException {
        return context.disk().look(path).map(DiskEntry::stamp).orElse(DiskStamp.UNKNOWN);
    }
}
