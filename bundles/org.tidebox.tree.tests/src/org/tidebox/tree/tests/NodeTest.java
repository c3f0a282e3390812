package org.tidebox.tree.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.Recipe;

class NodeTest {
    private static final NodeId ID = NodeId.random(new Random(1));
    private static final Attributes ATTRIBUTES = new Attributes(0644, 7);
    private static final Recipe EMPTY = new Recipe("fixed", 0, List.of());

    @Test
    void eachKindHasWhatBelongsToIt() {
        assertThat(Node.file(ID, NodeId.ROOT, "a", ATTRIBUTES, EMPTY).kind()).isEqualTo(NodeKind.FILE);
        assertThat(Node.folder(ID, NodeId.ROOT, "a", ATTRIBUTES).recipe()).isNull();
        assertThat(Node.link(ID, NodeId.ROOT, "a", ATTRIBUTES, "t").target()).isEqualTo("t");
        assertThatIllegalArgumentException().isThrownBy(() -> Node.file(ID, NodeId.ROOT, "a", ATTRIBUTES, null));
        assertThatIllegalArgumentException().isThrownBy(() -> Node.link(ID, NodeId.ROOT, "a", ATTRIBUTES, null));
        assertThatIllegalArgumentException().isThrownBy(
                () -> new Node(ID, 0, NodeId.ROOT, "a", NodeKind.FOLDER, ATTRIBUTES, EMPTY, null, false));
    }

    @Test
    void placeAndContentAreComparedApart() {
        Node node = Node.file(ID, NodeId.ROOT, "a", ATTRIBUTES, EMPTY);
        Node moved = node.withPlace(ID, "a").withAttributes(new Attributes(0600, 8));
        Node edited = Node.file(ID, NodeId.ROOT, "a", ATTRIBUTES, new Recipe("fastcdc", 0, List.of()));
        assertThat(node.sameContent(moved)).isTrue();
        assertThat(node.samePlace(moved)).isFalse();
        assertThat(node.samePlace(edited)).isTrue();
        assertThat(node.sameContent(edited)).isFalse();
    }

    @Test
    void copiesChangeOnePartOnly() {
        Node node = Node.link(ID, NodeId.ROOT, "a", ATTRIBUTES, "t");
        assertThat(node.withSequence(5).sequence()).isEqualTo(5);
        assertThat(node.withSequence(5).withDeleted(true).withDeleted(false).withSequence(0)).isEqualTo(node);
        assertThat(node.withPlace(ID, "b").withPlace(NodeId.ROOT, "a")).isEqualTo(node);
    }

    @Test
    void refusesImpossibleNumbers() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Attributes(010000, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Attributes(-2, 0));
        assertThat(new Attributes(Attributes.NO_MODE, Long.MIN_VALUE).mode()).isEqualTo(-1);
        Node node = Node.folder(ID, NodeId.ROOT, "a", ATTRIBUTES);
        assertThatIllegalArgumentException().isThrownBy(() -> new Change(-1, node));
    }
}
