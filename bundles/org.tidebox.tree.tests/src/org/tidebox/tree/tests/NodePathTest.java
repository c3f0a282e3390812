package org.tidebox.tree.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.NodePath;

class NodePathTest {
    @Test
    void takesItselfApart() throws BadNameException {
        NodePath path = NodePath.parse("a/b/c.txt");
        assertThat(path.names()).containsExactly("a", "b", "c.txt");
        assertThat(path.name()).isEqualTo("c.txt");
        assertThat(path.parent()).isEqualTo(NodePath.parse("a/b"));
        assertThat(path.parent().parent().parent()).isEqualTo(NodePath.ROOT);
        assertThat(path.parent().resolve("c.txt")).isEqualTo(path);
    }

    @Test
    void rootIsItsOwnParent() throws BadNameException {
        assertThat(NodePath.parse("")).isEqualTo(NodePath.ROOT);
        assertThat(NodePath.ROOT.isRoot()).isTrue();
        assertThat(NodePath.ROOT.parent()).isEqualTo(NodePath.ROOT);
        assertThat(NodePath.ROOT.names()).isEmpty();
        assertThat(NodePath.ROOT.resolve("a")).isEqualTo(NodePath.parse("a"));
        assertThat(NodePath.ROOT).hasToString("/");
    }

    @Test
    void refusesPathsThatClimbOrStartAtTheTop() {
        for (String text : new String[]{"/", "/a", "a/", "a//b", "..", "../a", "a/../b", "a/./b", "a/.."}) {
            assertThatExceptionOfType(BadNameException.class).as(text).isThrownBy(() -> NodePath.parse(text));
        }
    }

    @Test
    void startsWithComparesWholeNames() throws BadNameException {
        NodePath path = NodePath.parse("ab/c");
        assertThat(path.startsWith(NodePath.parse("ab"))).isTrue();
        assertThat(path.startsWith(path)).isTrue();
        assertThat(path.startsWith(NodePath.ROOT)).isTrue();
        assertThat(path.startsWith(NodePath.parse("a"))).isFalse();
        assertThat(NodePath.parse("ab").startsWith(path)).isFalse();
    }
}
