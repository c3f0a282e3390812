package org.tidebox.wire.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tidebox.tree.Change;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.HistoryEntry;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.WireException;

/**
 * Lists, counted while they are read: one that is longer than any may be is refused at the first element that is too
 * many, whatever bytes are still to come.
 */
final class BoundedListReader extends StdDeserializer<List<?>> implements ContextualDeserializer {
    private static final long serialVersionUID = 1L;
    /** Servers of earlier versions tell all of them at once. */
    private static final int MOST_VERSIONS = 100_000;
    /** Where others than ids are listed. */
    private static final Map<Class<?>, Integer> MOST = Map.of(Change.class, Limits.MAX_CHANGES, Outcome.class,
            Limits.MAX_CHANGES, RecipeEntry.class, Recipe.MAX_ENTRIES, ExtendedBinding.Readable.class,
            ExtendedAttributes.MAX_COUNT, HistoryEntry.class, MOST_VERSIONS);

    private final JavaType type;
    private final transient JsonDeserializer<?> elements;
    private final int most;

    /** Stands for all types of lists until it is asked for one. */
    BoundedListReader() {
        this(null, null);
    }

    private BoundedListReader(JavaType type, JsonDeserializer<?> elements) {
        super(List.class);
        this.type = type;
        this.elements = elements;
        this.most = type == null ? 0 : MOST.getOrDefault(type.getRawClass(), Limits.MAX_IDS);
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property)
            throws JsonMappingException {
        JavaType element = context.getContextualType().getContentType();
        return new BoundedListReader(element, context.findContextualValueDeserializer(element, property));
    }

    @Override
    public List<?> deserialize(JsonParser in, DeserializationContext context) throws IOException {
        if (!in.isExpectedStartArrayToken()) {
            throw new IllegalArgumentException("expected a list");
        }
        List<Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (list.size() == most) {
                throw new TooManyException("a list of " + type.getRawClass().getSimpleName() + "s has at most " + most);
            }
            if (in.currentToken() == JsonToken.VALUE_NULL) {
                throw new IllegalArgumentException("a list has no empty places");
            }
            list.add(element(in, context, list.size()));
        }
        return list;
    }

    /** Says in a refusal which element it was. */
    private Object element(JsonParser in, DeserializationContext context, int index) throws IOException {
        try {
            return elements.deserialize(in, context);
        } catch (IOException | RuntimeException e) {
            throw JsonMappingException.wrapWithPath(e, List.class, index);
        }
    }

    /** Unchecked on its way through Jackson; {@link Complaint} finds it again. */
    static final class TooManyException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        TooManyException(String message) {
            super(message);
        }

        WireException toWire() {
            return new WireException(ProblemType.TOO_LARGE, getMessage() + "; send several messages", this);
        }
    }
}
