package org.tidebox.tree.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.PlainName;

@Tag("A6")
class PlainNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"bob", "bob ", " bob", "\tbob\n", "bob\u00a0", "\u3000bob"})
    void blanksAroundANameDoNotCount(String typed) throws Exception {
        assertThat(PlainName.of(typed, 64)).isEqualTo("bob");
    }

    @Test
    void sameLettersAreOneName() throws Exception {
        assertThat(PlainName.of("Andre\u0301", 64)).isEqualTo("Andr\u00e9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "a\nb", "a\u0000b", "a\u001b[31mb", "a\u007fb", "a\u0085b", "a\u2028b",
            "a\u202eb", "a\u2066b", "a\ud83d"})
    void whatNobodyCanSeeIsRefused(String typed) {
        assertThatThrownBy(() -> PlainName.of(typed, 64)).isInstanceOf(BadNameException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage().chars()).noneMatch(Character::isISOControl));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada's laptop", "größe", "ноутбук", "日本", "لپ\u200cتاپ", "👩\u200d💻"})
    void namesOfAllScriptsStay(String typed) throws Exception {
        assertThat(PlainName.of(typed, 64)).isEqualTo(typed);
    }

    @Test
    void lengthHasALimit() throws Exception {
        assertThat(PlainName.of(" " + "x".repeat(64) + " ", 64)).hasSize(64);
        assertThatThrownBy(() -> PlainName.of("x".repeat(65), 64)).hasMessageContaining("65 characters");
    }

    @Test
    void olderSpellingsAreFoundAndTheExactOneFirst() {
        List<String> both = List.of("Files ", "Files");
        assertThat(PlainName.find(both, Function.identity(), "Files")).contains("Files");
        assertThat(PlainName.find(both, Function.identity(), "Files ")).contains("Files ");
        assertThat(PlainName.find(List.of("Files "), Function.identity(), "Files")).contains("Files ");
        assertThat(PlainName.find(List.of("Files"), Function.identity(), " Files")).contains("Files");
        assertThat(PlainName.find(both, Function.identity(), "files")).isEmpty();
    }
}
