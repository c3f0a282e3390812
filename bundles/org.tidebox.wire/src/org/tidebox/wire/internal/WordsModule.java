package org.tidebox.wire.internal;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.time.Instant;
import java.util.List;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.ContentId;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;

/** How the words of {@code org.tidebox.tree} travel. */
final class WordsModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    WordsModule() {
        super("tidebox-words");
        IdBinding.of(ChunkId.class, ChunkId::new, ChunkId::parse, ChunkId::toBytes).addTo(this);
        IdBinding.of(CommitId.class, CommitId::new, CommitId::parse, CommitId::toBytes).addTo(this);
        IdBinding.of(ContentId.class, ContentId::new, ContentId::parse, ContentId::toBytes).addTo(this);
        IdBinding.of(LibraryId.class, LibraryId::new, LibraryId::parse, LibraryId::toBytes).addTo(this);
        IdBinding.of(Mark.class, Mark::new, Mark::parse, Mark::toBytes).addTo(this);
        IdBinding.of(NodeId.class, NodeId::new, NodeId::parse, NodeId::toBytes).addTo(this);
        addSerializer(Recipe.class, new RecipeBinding.Writer());
        addDeserializer(Recipe.class, new RecipeBinding.Reader());
        addSerializer(ExtendedAttributes.class, new ExtendedBinding.Writer());
        addDeserializer(ExtendedAttributes.class, new ExtendedBinding.Reader());
        addSerializer(Instant.class, new TextBinding.InstantWriter());
        addDeserializer(Instant.class, new TextBinding.InstantReader());
        addDeserializer(String.class, new TextBinding.StringReader());
        addDeserializer(List.class, new BoundedListReader());
        setDeserializerModifier(new NodeModifier());
    }

    private static final class NodeModifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription description,
                JsonDeserializer<?> deserializer) {
            return description.getBeanClass() == Node.class ? new CheckedNodeReader(deserializer) : deserializer;
        }
    }
}
