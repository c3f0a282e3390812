package org.tidebox.tree.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidebox.tree.VisibleText;

@Tag("P3")
class VisibleTextTest {
    private static final String SIGNS = "\\\\\\xu1b0a\u001b\n\u202e\ud800\u00e9";

    @ParameterizedTest
    @CsvSource({"plain größe 漢字 😀, plain größe 漢字 😀", "C:\\users\\ada, C:\\users\\ada", "a\\nb, a\\nb"})
    void whatCanBeSeenStays(String text, String shown) {
        assertThat(VisibleText.of(text)).isEqualTo(shown);
    }

    @Test
    void whatIsHiddenIsWrittenOut() {
        assertThat(VisibleText.of("a\u001b[31mb\u0007\n\r\tc\u007f\u009b\u0000"))
                .isEqualTo("a\\x1b[31mb\\x07\\x0a\\x0d\\x09c\\x7f\\x9b\\x00");
        assertThat(VisibleText.of("\u202a\u202e\u2066\u2069\u200e\u200f\u061c\u2028"))
                .isEqualTo("\\u202a\\u202e\\u2066\\u2069\\u200e\\u200f\\u061c\\u2028");
        assertThat(VisibleText.of("\ud800 \ud83d\ude00 \udc00")).isEqualTo("\\ud800 \ud83d\ude00 \\udc00");
    }

    @Test
    void whatOnlyLooksLikeThatIsToldApart() {
        assertThat(VisibleText.of("\\x1b")).isEqualTo("\\\\x1b");
        assertThat(VisibleText.of("\\\u001b")).isEqualTo("\\\\\\x1b");
        assertThat(VisibleText.of("\\u202e \\u20 \\x")).isEqualTo("\\\\u202e \\u20 \\x");
    }

    @Test
    void noTwoTextsLookTheSame() {
        long seed = Long.getLong("tidebox.seed", new Random().nextLong());
        Random random = new Random(seed);
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(7); length > 0; length--) {
                text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
            }
            String shown = VisibleText.of(text.toString());
            assertThat(shown.chars().filter(sign -> VisibleText.isHidden((char) sign))).isEmpty();
            String other = seen.put(shown, text.toString());
            assertThat(other == null || other.contentEquals(text)).as("both look like %s, seed %d", shown, seed)
                    .isTrue();
        }
    }
}
