package org.tidebox.fuzz.tests;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.tidebox.delta.CorruptRecipeException;
import org.tidebox.delta.RecipeReader;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/** A recipe and the lists that it names, and extended attributes: what travels as bytes of its own form. */
final class RecipeTarget implements Target {
    private static final int MOST_VISITS = 10_000;

    /** Nothing comes to an end that a device would not end, too. */
    private static final class EnoughException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public long allocation(int length) {
        return (128 << 20) + 2_000L * length;
    }

    @Override
    public void accept(byte[] input) throws Exception {
        Draw draw = new Draw(input);
        if (draw.next() == 1) {
            readAttributes(draw.rest());
        } else {
            readRecipe(draw.many(), draw.rest());
        }
    }

    private static void readAttributes(byte[] bytes) {
        ExtendedAttributes attributes;
        try {
            attributes = ExtendedAttributes.decode(bytes);
        } catch (IllegalArgumentException e) {
            return;
        }
        if (!Arrays.equals(bytes, attributes.encode())) {
            throw new AssertionError("attributes have two forms");
        }
    }

    private static void readRecipe(byte[] bytes, byte[] leaf) throws Exception {
        Recipe recipe;
        try {
            recipe = Recipe.decode(bytes);
        } catch (IllegalArgumentException e) {
            return;
        }
        if (!Arrays.equals(bytes, recipe.encode()) || recipe.size() < 0) {
            throw new AssertionError("a recipe has two forms");
        }
        int[] visits = new int[1];
        try {
            RecipeReader.forEach(recipe, id -> leaf(leaf, visits), entry -> leaf(leaf, visits));
        } catch (CorruptRecipeException | EnoughException e) {
            return;
        }
    }

    private static ByteBuffer leaf(byte[] leaf, int[] visits) throws EnoughException {
        if (++visits[0] > MOST_VISITS) {
            throw new EnoughException();
        }
        return ByteBuffer.wrap(leaf);
    }

    @Override
    public List<byte[]> seeds() {
        byte[] recipe = Samples.recipe().encode();
        byte[] leaf = Recipe.encodeEntries(List.of(new RecipeEntry(Samples.CHUNK, 2048)));
        ByteBuffer both = ByteBuffer.allocate(3 + recipe.length + leaf.length).put((byte) 0)
                .putShort((short) recipe.length).put(recipe).put(leaf);
        return List.of(both.array(), Samples.prefixed(1, Samples.file().attributes().extended().encode()));
    }
}
