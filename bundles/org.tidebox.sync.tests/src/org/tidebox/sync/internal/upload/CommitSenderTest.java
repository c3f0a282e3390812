package org.tidebox.sync.internal.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.sync.internal.trees.JournalPosition;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** What a person asks for goes to no server that has lost what this device knows. */
@Tag("C1")
@Tag("C2")
class CommitSenderTest {
    private final MemoryRemote server = new MemoryRemote();
    private final MemoryTreeStore store = new MemoryTreeStore();
    private final Random random = new Random(5);
    private final LibraryId library = LibraryId.random(random);
    private CommitSender sender;

    @BeforeEach
    void openSender() {
        sender = sender();
    }

    @Test
    void answerCountsAsKnownThoughItIsNotOnDisk() throws Exception {
        learn(send(sender()).mark());
        MemoryRemote.Backup backup = server.backUp();
        send(sender);
        server.restore(backup);
        server.inject(folder());
        long head = server.head();

        assertRefused();
        assertThat(server.head()).isEqualTo(head);
        assertThat(store.fact(JournalPosition.FACT)).hasValueSatisfying(kept -> assertThat(Mark.parse(kept).sequence())
                .as("what is on disk is the engine's").isEqualTo(1));
    }

    @Test
    void whatTheEngineHeardMeanwhileCountsToo() throws Exception {
        send(sender);
        MemoryRemote.Backup backup = server.backUp();
        learn(send(sender()).mark());
        server.restore(backup);

        assertRefused();
        assertThat(server.head()).isEqualTo(1);
    }

    @Test
    void whoKnowsNoMarkSendsNone() throws Exception {
        server.inject(folder());
        store.write(new TreeUpdate().fact(JournalPosition.FACT, "7"));

        assertThat(send(sender).outcomes()).allMatch(CommitResult.Outcome::isAccepted);
    }

    private void assertRefused() {
        assertThatThrownBy(() -> send(sender)).isInstanceOfSatisfying(RemoteException.class,
                refusal -> assertThat(refusal.getReason()).isEqualTo(RemoteException.Reason.SET_BACK));
    }

    private void learn(Mark mark) throws Exception {
        store.write(new TreeUpdate().fact(JournalPosition.FACT, mark.toHex()));
    }

    private CommitSender sender() {
        return new CommitSender(server, library, store, random);
    }

    private CommitResult send(CommitSender by) throws Exception {
        return by.send(List.of(new Change(0, folder())));
    }

    private Node folder() {
        NodeId id = NodeId.random(random);
        return new Node(id, 0, NodeId.ROOT, id.toHex(), NodeKind.FOLDER, new Attributes(0755, 0), null, null, false);
    }
}
