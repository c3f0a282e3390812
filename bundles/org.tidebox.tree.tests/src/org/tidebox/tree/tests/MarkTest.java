package org.tidebox.tree.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

@Tag("C1")
class MarkTest {
    private final Random random = new Random(3);

    @Test
    void partsAndDigitsComeBack() {
        byte[] digest = new byte[Mark.DIGEST_LENGTH];
        random.nextBytes(digest);
        Mark mark = new Mark(0x123456789aL, digest);
        assertThat(mark.sequence()).isEqualTo(0x123456789aL);
        assertThat(mark.digest()).isEqualTo(digest);
        assertThat(Mark.parse(mark.toHex())).isEqualTo(mark);
        assertThat(mark.toHex()).startsWith("000000123456789a").hasSize(48);
        assertThat(mark.at(7).digest()).isEqualTo(digest);
    }

    @Test
    void wrongLengthsAndNegativeSequencesAreRefused() {
        assertThatThrownBy(() -> new Mark(1, new byte[15])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Mark.parse("ab")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mark(-1, new byte[16])).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void whateverDiffersInThePastDiffersInTheMark() {
        CommitId commit = CommitId.random(random);
        Node one = folder().withSequence(1);
        Node two = folder().withSequence(2);
        Set<Mark> marks = new HashSet<>();
        marks.add(Mark.START.after(commit, List.of(one)));
        marks.add(Mark.START.after(CommitId.random(random), List.of(one)));
        marks.add(Mark.START.after(commit, List.of(two.withSequence(1))));
        marks.add(Mark.START.after(commit, List.of(one, two)));
        marks.add(Mark.START.after(commit, List.of(one)).after(commit, List.of(two)));
        assertThat(marks).hasSize(5);
        assertThat(Mark.START.after(commit, List.of(one))).isIn(marks);
    }

    @Test
    void commitThatAddsNothingLeavesTheMark() {
        assertThat(Mark.START.after(CommitId.random(random), List.of())).isEqualTo(Mark.START);
    }

    private Node folder() {
        return Node.folder(NodeId.random(random), NodeId.ROOT, "f", new Attributes(0755, 0));
    }
}
