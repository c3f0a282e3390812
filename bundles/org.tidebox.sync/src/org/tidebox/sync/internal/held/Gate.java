package org.tidebox.sync.internal.held;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.tidebox.rules.Action;
import org.tidebox.rules.Candidate;
import org.tidebox.rules.CandidateMode;
import org.tidebox.rules.ContentProbe;
import org.tidebox.rules.Decision;
import org.tidebox.rules.Direction;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.sync.rules.FolderRules;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** Asks rules and the person's choices about nodes. Made for one plan, as it remembers where folders lie, and what it decided. */
final class Gate {
    private static final long NANOS = 1_000_000_000L;
    private static final Decision OLD = new Decision(Action.HOLD, Decision.NO_CANDIDATE,
            "it was stored before the last transfer, and candidates are what was stored since");

    private final FolderRules rules;
    private final Trees trees;
    private final LocalPaths paths;
    private final Progress progress;
    private final Instant now;
    private final Choices choices;
    private final LastTransfer last;
    private final Map<Side, Map<Triple, Decision>> decided = Map.of(Side.LOCAL, new IdentityHashMap<>(), Side.REMOTE,
            new IdentityHashMap<>());
    private final Map<Side, Map<NodeId, String>> folders = new EnumMap<>(
            Map.of(Side.LOCAL, new HashMap<>(), Side.REMOTE, new HashMap<>()));

    Gate(FolderRules rules, Choices choices, LastTransfer last, FolderTrees known, Work work) {
        this.rules = rules;
        this.choices = choices;
        this.last = last;
        this.trees = known.trees();
        this.paths = known.paths();
        this.progress = work.progress();
        this.now = work.clock().instant();
    }

    boolean isOpen() {
        return rules.isNone();
    }

    boolean isHeld(Triple triple, Side to) throws TreeStoreException {
        return decide(triple, to).action() != Action.TRANSFER;
    }

    /** Decides on the content of a node that would go to a side. */
    Decision decide(Triple triple, Side to) throws TreeStoreException {
        Decision known = decided.get(to).get(triple);
        if (known == null) {
            known = decideAnew(triple, to);
            decided.get(to).put(triple, known);
        }
        return known;
    }

    private Decision decideAnew(Triple triple, Side to) throws TreeStoreException {
        progress.step();
        Optional<Action> chosen = rules.isNone() ? Optional.empty() : choices.of(triple, to);
        if (chosen.isPresent()) {
            return new Decision(chosen.get(), Decision.DEFAULT, "you chose so");
        }
        if (rules.candidates(direction(to)) == CandidateMode.SINCE_TRANSFER && isOld(triple, to)) {
            return OLD;
        }
        return byRules(triple, to);
    }

    /** Decides by the rules alone, as on a content that is new. */
    Decision byRules(Triple triple, Side to) throws TreeStoreException {
        Candidate candidate = to == Side.REMOTE ? here(triple.local()) : there(triple.remote());
        return rules.decider(direction(to)).decide(candidate, now);
    }

    private boolean isOld(Triple triple, Side to) throws TreeStoreException {
        if (to == Side.LOCAL) {
            return last.hadToCome(triple.remote());
        }
        // What was transferred once and goes again, since it was deleted there, was not left behind.
        boolean wasTransferred = triple.base() != null && triple.local().sameContent(triple.base());
        return !wasTransferred && last.hadToGo(triple.local().stamp(), now);
    }

    /** Returns which way leads to a side. */
    static Direction direction(Side to) {
        return to == Side.REMOTE ? Direction.UPLOAD : Direction.DOWNLOAD;
    }

    /** Returns where a node lies on the side that has the content. */
    String path(Triple triple, Side to) throws TreeStoreException {
        return to == Side.REMOTE
                ? path(Side.LOCAL, new Place(triple.local().parent(), triple.local().name()))
                : path(Side.REMOTE, new Place(triple.remote().parent(), triple.remote().name()));
    }

    private Candidate here(LocalNode local) throws TreeStoreException {
        boolean file = local.kind() == NodeKind.FILE;
        return new Candidate(path(Side.LOCAL, new Place(local.parent(), local.name())),
                local.kind() == NodeKind.FOLDER, file ? local.stamp().size() : 0, time(local.attributes()),
                file ? content(local) : ContentProbe.NONE);
    }

    private ContentProbe content(LocalNode local) throws TreeStoreException {
        Path path;
        try {
            path = paths.of(local);
        } catch (InvalidPathException e) {
            // So it is said when it is to be read.
            return ContentProbe.NONE;
        }
        return () -> {
            InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(in);
        };
    }

    private Candidate there(Node remote) throws TreeStoreException {
        return new Candidate(path(Side.REMOTE, new Place(remote.parent(), remote.name())),
                remote.kind() == NodeKind.FOLDER, remote.recipe() == null ? 0 : remote.recipe().size(),
                time(remote.attributes()), ContentProbe.NONE);
    }

    private static Instant time(Attributes attributes) {
        return Instant.ofEpochSecond(Math.floorDiv(attributes.mtime(), NANOS),
                Math.floorMod(attributes.mtime(), NANOS));
    }

    private String path(Side side, Place place) throws TreeStoreException {
        String folder = folder(side, place.parent());
        return folder.isEmpty() ? place.name() : folder + "/" + place.name();
    }

    private String folder(Side side, NodeId id) throws TreeStoreException {
        if (id.equals(NodeId.ROOT)) {
            return "";
        }
        String known = folders.get(side).get(id);
        if (known == null) {
            // Where a chain of folders is broken by deletions of both sides, the last known place serves.
            Triple triple = trees.triple(id);
            LocalNode local = triple.local();
            Node remote = triple.remote();
            boolean byLocal = remote == null || side == Side.LOCAL && local != null;
            if (byLocal && local == null) {
                return "";
            }
            known = path(side, byLocal
                    ? new Place(local.parent(), local.name())
                    : new Place(remote.parent(), remote.name()));
            folders.get(side).put(id, known);
        }
        return known;
    }
}
