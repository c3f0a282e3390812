package org.tidebox.sync.internal.trees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** Extended attributes are merged name by name: the server's win, unless only this device changed them. */
@Tag("C1")
class AttributeRuleTest {
    @Test
    void whatOnlyOneSideChangedCounts() {
        assertThat(merged("a1 b1 c1 d1", "a2 b1 d1 e1", "a1 b2 c1 f1")).isEqualTo(attributes("a2 b2 e1 f1"));
    }

    @Test
    void theServerWinsWhereBothChanged() {
        assertThat(merged("a1 b1 c1", "a2 c2 d2", "a3 b3 d3")).isEqualTo(attributes("a3 b3 d3"));
    }

    @Test
    void withoutAnAgreementBothCount() {
        assertThat(merged("", "a1 b1", "b2 c2")).isEqualTo(attributes("a1 b2 c2"));
    }

    @Test
    void whatTheDiskNeverHadWasNotRemovedThere() {
        ExtendedAttributes unknown = AttributeRule.merge(attributes("a1 b1"), local("b2 c2", null),
                attributes("a1 b1"));
        assertThat(unknown).isEqualTo(attributes("a1 b1 c2"));
    }

    @Test
    void ofTooManyTogetherThoseStayThatHistoryDoesNotHave() {
        ExtendedAttributes here = ExtendedAttributes.of(Map.of("here", new byte[5000]));
        ExtendedAttributes there = ExtendedAttributes.of(Map.of("there", new byte[5000]));
        assertThat(AttributeRule.merge(ExtendedAttributes.NONE, local(here, here), there)).isEqualTo(here);
        assertThat(AttributeRule.merge(ExtendedAttributes.NONE, local(here, null), there)).isEqualTo(there);
    }

    @Test
    void whatWasOnlySentAlongIsNoBase() {
        ExtendedAttributes base = AttributeRule.withoutUnapplied(of("a1 b1"), of("a2 b1"), of("a2 b2 c2"),
                of("a1 b2 c2"));
        assertThat(base).isEqualTo(attributes("a2 b1"));
    }

    private static ExtendedAttributes merged(String base, String local, String remote) {
        return AttributeRule.merge(attributes(base), local(local, attributes(local)), attributes(remote));
    }

    private static LocalNode local(String extended, ExtendedAttributes held) {
        return local(attributes(extended), held);
    }

    private static LocalNode local(ExtendedAttributes extended, ExtendedAttributes held) {
        Node node = Node.folder(NodeId.ROOT, NodeId.ROOT, "a", new Attributes(0755, 0));
        return LocalNode.of(node, DiskStamp.UNKNOWN).withExtended(extended, held);
    }

    private static Attributes of(String extended) {
        return new Attributes(0644, 0, attributes(extended));
    }

    /** Makes attributes of letters, each followed by its value. */
    private static ExtendedAttributes attributes(String text) {
        Map<String, byte[]> values = new HashMap<>();
        for (String each : text.isEmpty() ? List.<String>of() : List.of(text.split(" "))) {
            values.put(each.substring(0, 1), new byte[]{(byte) each.charAt(1)});
        }
        return ExtendedAttributes.of(values);
    }
}
