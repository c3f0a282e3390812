package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Messages.History;
import org.tidebox.wire.Messages.HistoryEntry;
import org.tidebox.wire.Routes;

/** A node's past comes page by page, from servers that know pages and from those that do not. */
@Tag("A3")
class HttpHistoryTest extends OnFakeServer {
    private static final int MANY = 300;
    private static final Attributes HEAVY = new Attributes(0, 0,
            ExtendedAttributes.of(Map.of("v", new byte[ExtendedAttributes.MAX_BYTES - 4])));
    private final NodeId node = NodeId.random(new Random(7));
    private final List<Long> asked = new ArrayList<>();

    @Test
    void pagesAreReadToTheEnd() throws Exception {
        fake.on(Routes.history(LIBRARY), exchange -> {
            long before = Long
                    .parseLong(exchange.request().getHttpURI().getQuery().replaceAll(".*before=(\\d+).*", "$1"));
            asked.add(before);
            exchange.send(new History(entries().stream().filter(entry -> entry.node().sequence() < before).limit(130)
                    .toList()));
        });
        assertThat(connection.history(LIBRARY, node)).isEqualTo(entries());
        assertThat(asked).containsExactly(Long.MAX_VALUE, (long) MANY - 129, (long) MANY - 259);
    }

    @Test
    void aServerThatTellsAllAtOnceIsAskedOnceMoreAtMost() throws Exception {
        fake.on(Routes.history(LIBRARY), exchange -> {
            asked.add(0L);
            exchange.send(new History(entries()));
        });
        assertThat(connection.history(LIBRARY, node)).isEqualTo(entries());
        assertThat(asked).hasSize(2);
    }

    private List<HistoryEntry> entries() {
        List<HistoryEntry> entries = new ArrayList<>();
        for (int i = MANY; i > 0; i--) {
            entries.add(new HistoryEntry(Node.folder(node, NodeId.ROOT, "n" + i, HEAVY).withSequence(i), "laptop",
                    Instant.EPOCH, false));
        }
        return entries;
    }
}
