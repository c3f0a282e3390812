package org.tidebox.wire.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.List;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/** A recipe: its canonical bytes in CBOR, an object that people can read in JSON. CBOR takes the object, too. */
final class RecipeBinding {
    private RecipeBinding() {
    }

    /**
     * A recipe as people read it.
     *
     * @param size the length of the content in bytes: the sum of the entries
     */
    record Readable(String chunker, int depth, long size, List<RecipeEntry> entries) {
        static Readable of(Recipe recipe) {
            return new Readable(recipe.chunker(), recipe.depth(), recipe.size(), recipe.entries());
        }

        Recipe toRecipe() {
            Recipe recipe = new Recipe(chunker, depth, entries);
            if (recipe.size() != size) {
                throw new IllegalArgumentException(
                        "a recipe says size " + size + " but its entries make " + recipe.size());
            }
            return recipe;
        }
    }

    static final class Writer extends StdSerializer<Recipe> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Recipe.class);
        }

        @Override
        public void serialize(Recipe recipe, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (IdBinding.hasByteStrings(out)) {
                out.writeBinary(recipe.encode());
            } else {
                provider.defaultSerializeValue(Readable.of(recipe), out);
            }
        }
    }

    static final class Reader extends StdDeserializer<Recipe> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(Recipe.class);
        }

        @Override
        public Recipe deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_EMBEDDED_OBJECT) {
                return context.readValue(in, Readable.class).toRecipe();
            }
            return Recipe.decode(in.getBinaryValue());
        }
    }
}
