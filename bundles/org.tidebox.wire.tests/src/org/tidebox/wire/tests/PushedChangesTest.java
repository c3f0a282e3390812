package org.tidebox.wire.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.EventCodec;
import org.tidebox.wire.EventReader;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Limits;
import org.tidebox.wire.PushedChanges;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** Changes that travel with the news. */
@Tag("C6")
class PushedChangesTest {
    private final Random random = new Random(11);
    private final Node first = folder("a");
    private final Node second = folder("b");
    private Mark mark = Mark.START;
    private final PushedChanges one = commit(List.of(first.withSequence(1), second.withSequence(2)), List.of());
    private final Mark afterOne = mark;
    private final PushedChanges two = commit(List.of(first.withDeleted(true).withSequence(3)),
            List.of(Samples.chunk(100)));

    @Test
    void readerAtTheBeginningGetsAPage() {
        assertThat(one.after(Mark.START)).contains(
                new ChangePage(List.of(first.withSequence(1), second.withSequence(2)), 2, 2, afterOne));
    }

    @Test
    void readerElsewhereGetsNothing() {
        assertThat(two.after(Mark.START)).as("a gap").isEmpty();
        assertThat(one.after(afterOne)).as("known already").isEmpty();
        assertThat(one.after(afterOne.at(1))).as("in the middle of a commit").isEmpty();
        assertThat(two.after(new Mark(2, new byte[Mark.DIGEST_LENGTH]))).as("another history").isEmpty();
    }

    @Test
    void joinedChangesTellEachNodeOnceAndSuitWhoKnowsSomeOfThem() {
        LibraryEvent joined = event(one).join(event(two));

        assertThat(event(two).join(event(one))).isEqualTo(joined);
        assertThat(joined.head()).isEqualTo(3);
        assertThat(joined.pushed().after(Mark.START)).contains(new ChangePage(
                List.of(second.withSequence(2), first.withDeleted(true).withSequence(3)), 3, 3, mark));
        assertThat(joined.pushed().after(afterOne)).isEqualTo(two.after(afterOne)).isPresent();
        assertThat(joined.pushed().chunks()).isEqualTo(two.chunks());
    }

    @Test
    void whatDoesNotLeadToTheHeadIsDropped() {
        assertThat(event(one).join(new LibraryEvent(Samples.LIBRARY, 7, true)))
                .isEqualTo(new LibraryEvent(Samples.LIBRARY, 7, true));
        assertThat(new LibraryEvent(Samples.LIBRARY, 1).join(event(one))).isEqualTo(event(one));
        PushedChanges three = commit(List.of(second.withDeleted(true).withSequence(4)), List.of());
        assertThat(event(one).join(event(three))).as("after a gap, the newest").isEqualTo(event(three));
    }

    @Test
    void whatIsTooLargeDoesNotTravel() {
        assertThat(PushedChanges.of(id(), folders(0, Limits.MAX_PUSHED_NODES + 1), mark, List.of())).isEmpty();
        assertThat(PushedChanges.of(id(), List.of(), mark, List.of())).isEmpty();
        assertThat(PushedChanges.of(id(), List.of(first.withSequence(4), first.withSequence(5)), mark.at(5), List.of()))
                .as("a node twice, of which the mark tells and a page does not").isEmpty();
        assertThat(PushedChanges.of(id(), List.of(first.withSequence(3)), mark,
                List.of(Samples.chunk(Limits.MAX_PUSHED_BYTES), Samples.chunk(1))).orElseThrow().chunks()).isEmpty();
        PushedChanges many = commit(folders(3, Limits.MAX_PUSHED_NODES), List.of());
        assertThat(event(two).join(event(many))).isEqualTo(event(many));
    }

    @Test
    void nobodyCanSendWhatWouldNotBeMade() {
        assertThatThrownBy(() -> new PushedChanges(List.of(), mark, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PushedChanges(one.commits(), mark, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PushedChanges(List.of(one.commits().get(0), one.commits().get(0)), afterOne,
                List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PushedChanges(two.commits(), mark,
                List.of(Samples.chunk(Limits.MAX_PUSHED_BYTES + 1)))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PushedChanges.PushedCommit(id(), List.of(first)))
                .as("sequence 0").isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LibraryEvent(Samples.LIBRARY, 9, false, two))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sequenceCarriesChangesAndSignsOfLife() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(EventCodec.keepAlive(Routes.CBOR_SEQUENCE));
        bytes.write(sequence(event(one)));
        bytes.write(EventCodec.keepAlive(Routes.CBOR_SEQUENCE));
        bytes.write(sequence(event(two)));
        int whole = bytes.size();
        bytes.write(Arrays.copyOf(sequence(event(one)), 20));

        for (int length : new int[]{whole, whole + 1, whole + 2, whole + 20}) {
            EventReader reader = reader(Arrays.copyOf(bytes.toByteArray(), length));
            assertThat(reader.next()).isEqualTo(event(one));
            assertThat(reader.next()).isEqualTo(event(two));
            assertThat(reader.next()).as("cut at %d of %d", length, whole).isNull();
        }
    }

    @Test
    void serverSentEventsTellTheHeadOnlySoThatOlderDevicesReadThem() {
        assertThat(EventCodec.write(event(two), Routes.EVENT_STREAM))
                .isEqualTo(EventCodec.write(new LibraryEvent(Samples.LIBRARY, 3), Routes.EVENT_STREAM));
    }

    @Test
    void eventThatWouldBeTooLongTellsTheHeadOnly() throws Exception {
        List<Node> links = IntStream.rangeClosed(4, 20).mapToObj(sequence -> Node.link(NodeId.random(random),
                NodeId.ROOT, "l" + sequence, new Attributes(0644, 1), "x".repeat(4_000)).withSequence(sequence))
                .toList();

        LibraryEvent read = reader(sequence(event(commit(links, List.of())))).next();

        assertThat(read).isEqualTo(new LibraryEvent(Samples.LIBRARY, 20));
    }

    @Test
    void damageIsRefusedAndNeverBreaks() {
        byte[] whole = sequence(event(two));
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            try {
                reader(damaged).next();
            } catch (WireException e) {
                assertThat(e.getMessage()).doesNotContain("jackson", "java.");
            } catch (Exception e) {
                throw new AssertionError("byte " + at, e);
            }
        }
    }

    @Test
    void otherStreamsAreRefused() {
        assertThatThrownBy(() -> EventReader.of(new ByteArrayInputStream(new byte[0]), "text/html"))
                .isInstanceOf(WireException.class).hasMessageContaining("text/html");
        assertThatThrownBy(reader(new byte[]{0x7f})::next).isInstanceOf(WireException.class);
    }

    private PushedChanges commit(List<Node> nodes, List<EncodedChunk> chunks) {
        CommitId id = id();
        mark = mark.after(id, nodes);
        return PushedChanges.of(id, nodes, mark, chunks).orElseThrow();
    }

    private List<Node> folders(long after, int count) {
        List<Node> folders = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            folders.add(folder("f" + i).withSequence(after + i));
        }
        return folders;
    }

    private Node folder(String name) {
        return Node.folder(NodeId.random(random), NodeId.ROOT, name, new Attributes(0755, 1));
    }

    private CommitId id() {
        return CommitId.random(random);
    }

    private static LibraryEvent event(PushedChanges pushed) {
        return new LibraryEvent(Samples.LIBRARY, pushed.upTo(), false, pushed);
    }

    private static byte[] sequence(LibraryEvent event) {
        return EventCodec.write(event, Routes.CBOR_SEQUENCE);
    }

    private static EventReader reader(byte[] bytes) {
        try {
            return EventReader.of(new ByteArrayInputStream(bytes), Routes.CBOR_SEQUENCE);
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }
}
