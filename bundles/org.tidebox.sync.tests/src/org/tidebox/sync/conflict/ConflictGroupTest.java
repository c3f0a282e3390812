package org.tidebox.sync.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** Copies of one file belong together, and those of one device are states of one edit. */
@Tag("C1")
class ConflictGroupTest {
    private byte ids;

    @Test
    void copiesOfOneFileBelongTogetherAndTheNewestStandsForItsDevice() {
        Conflict other = conflict("b", "desk", "2026-02-14 100000", 1, 0);
        Conflict old = conflict("a", "desk", "2026-02-14 100000", 3, 0);
        Conflict newest = conflict("a", "desk", "2026-02-14 100001", 2, 0);
        Conflict phone = conflict("a", "phone", "2026-02-14 095959", 1, 0);

        List<ConflictGroup> groups = ConflictGroup.of(List.of(old, phone, newest, other));

        assertThat(groups).extracting(ConflictGroup::originalPath).containsExactly("a", "b");
        assertThat(groups.getFirst().byDevice()).extracting(ConflictGroup::newest).containsExactly(newest, phone);
        assertThat(groups.getFirst().byDevice().getFirst().copies()).containsExactly(newest, old);
    }

    @Test
    void whatWasModifiedLastIsACopyOrTheFileItself() {
        Conflict early = conflict("a", "desk", "2026-02-14 100000", 5, 7);
        Conflict late = conflict("a", "desk", "2026-02-14 100001", 9, 7);
        Conflict alone = conflict("a", "desk", "2026-02-14 100002", 1, -1);

        assertThat(new ConflictGroup(List.of(early)).lastModified()).isNull();
        assertThat(new ConflictGroup(List.of(late, early)).lastModified()).isEqualTo(late);
        assertThat(new ConflictGroup(List.of(alone)).lastModified()).isEqualTo(alone);
        assertThat(new ConflictGroup(List.of(conflict("a", "desk", "2026-02-14 100000", 7, 7))).lastModified())
                .isNull();
    }

    private Conflict conflict(String original, String device, String time, long changed, long originalChanged) {
        String name = original + " (conflict " + device + " " + time + ")";
        return new Conflict(name, node(name, changed), original,
                originalChanged < 0 ? null : node(original, originalChanged), device, time);
    }

    private LocalNode node(String name, long changed) {
        byte[] id = new byte[NodeId.LENGTH];
        id[0] = ++ids;
        return LocalNode.of(Node.folder(new NodeId(id), NodeId.ROOT, name, new Attributes(Attributes.NO_MODE, changed)),
                DiskStamp.UNKNOWN);
    }
}
