package org.tidebox.server.upkeep;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.journal.JournalFigures;
import org.tidebox.storage.journal.NodeRow;
import org.tidebox.storage.journal.VersionStamp;
import org.tidebox.tree.Library;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * Checks a library's journal and tree: sequences without gaps, each node in one place below a live folder, names unique
 * (a place can be taken up once, so it is enough that each node takes up its own), no cycle. Holds the ids of the live
 * folders in memory.
 */
final class JournalCheck {
    private static final int MAX_STRAYS = 100;
    /** A commit may come in the middle; then what was found may be wrong. */
    private static final int MAX_TRIES = 5;
    private final Storage storage;
    private final Account account;
    private final Library library;
    private Findings findings = new Findings();
    private long nodes;

    JournalCheck(Storage storage, Account account, Library library) {
        this.storage = storage;
        this.account = account;
        this.library = library;
    }

    /** Returns how many current nodes there are. */
    long run(Findings into) throws StorageException {
        for (int attempt = 1;; attempt++) {
            findings = new Findings();
            nodes = 0;
            long head = storage.journal(journal -> journal.figures(library.id())).head();
            check();
            boolean still = storage.journal(journal -> journal.figures(library.id())).head() == head;
            if (findings.count() == 0 || still || attempt == MAX_TRIES) {
                into.addAll(findings);
                return nodes;
            }
        }
    }

    private void check() throws StorageException {
        JournalFigures figures = storage.journal(journal -> journal.figures(library.id()));
        if (figures.highest() != figures.head()) {
            add(null, "its head is " + figures.head() + ", but its newest version is " + figures.highest());
        }
        if (figures.versions() + figures.removed() != figures.head()) {
            add(null, "its head is " + figures.head() + ", but there are " + figures.versions() + " versions, and "
                    + figures.removed() + " were removed by retention; the sequences have a gap");
        }
        for (VersionStamp stray : storage.journal(journal -> journal.strays(library.id(), MAX_STRAYS))) {
            add(null, "version " + stray.sequence() + " of node " + stray.node()
                    + " is newer than what counts as current");
        }
        checkTree();
    }

    private void checkTree() throws StorageException {
        Map<NodeId, NodeId> folders = new HashMap<>();
        Pages pages = new Pages(storage);
        pages.nodes(library.id(), page -> {
            for (NodeRow row : page) {
                nodes++;
                if (row.problem() != null) {
                    add(row.node() == null ? null : row.node().name(), "node " + row.id() + ": " + row.problem());
                }
                if (row.node() != null && !row.node().deleted() && row.node().kind() == NodeKind.FOLDER) {
                    folders.put(row.id(), row.node().parent());
                }
            }
        });
        pages.nodes(library.id(), page -> {
            for (NodeRow row : page) {
                checkParent(row.node(), folders);
            }
        });
        checkCycles(folders);
    }

    private void checkParent(Node node, Map<NodeId, NodeId> folders) {
        boolean lost = node != null && !node.deleted() && !node.parent().equals(NodeId.ROOT)
                && !folders.containsKey(node.parent());
        if (lost) {
            add(node.name(), "node " + node.id() + ": its parent " + node.parent() + " is no live folder");
        }
    }

    private void checkCycles(Map<NodeId, NodeId> folders) {
        Set<NodeId> sound = new HashSet<>();
        for (NodeId folder : folders.keySet()) {
            Set<NodeId> way = new HashSet<>();
            NodeId at = folder;
            while (folders.containsKey(at) && !sound.contains(at)) {
                if (!way.add(at)) {
                    add(null, "folder " + at + " lies inside itself");
                    break;
                }
                at = folders.get(at);
            }
            sound.addAll(way);
        }
    }

    private void add(String path, String problem) {
        findings.add(new Finding(account.name(), library.name(), path, problem));
    }
}
