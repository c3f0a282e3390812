package org.tidebox.wire.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.io.IOException;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeName;

/** Lets only nodes in whose name and target keep the rules. */
final class CheckedNodeReader extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    CheckedNodeReader(JsonDeserializer<?> delegate) {
        super(delegate);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> newDelegate) {
        return new CheckedNodeReader(newDelegate);
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
        Node node = (Node) super.deserialize(in, context);
        String target = node.target();
        if (target != null && (target.isEmpty() || target.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("the target of a link must not be empty or hold NUL");
        }
        try {
            NodeName.check(node.name());
        } catch (BadNameException e) {
            // Unchecked on its way through Jackson; Complaint finds the cause again.
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return node;
    }
}
