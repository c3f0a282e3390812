package org.tidebox.tree.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.NodeName;

class NodeNameTest {
    private static final String COMPOSED = "Caf\u00e9";
    private static final String DECOMPOSED = "Cafe\u0301";

    @Test
    void carriesOrdinaryNames() throws BadNameException {
        for (String name : new String[]{"a", "...", ".hidden", "with space ", "CON", "a\\b", "a:b", "line\nbreak",
                COMPOSED, "\ud83d\ude00"}) {
            assertThat(NodeName.check(name)).isSameAs(name);
        }
    }

    @Test
    void refusesNamesThatWouldLeaveTheFolder() {
        for (String name : new String[]{"", ".", "..", "/", "a/b", "../a", "/a"}) {
            assertRefused(name, "must not");
        }
    }

    @Test
    void refusesNul() {
        assertRefused("a\0b", "NUL");
    }

    @Test
    void countsBytesAndNotCharacters() throws BadNameException {
        assertThat(NodeName.check("x".repeat(255))).hasSize(255);
        assertRefused("x".repeat(256), "256 bytes; 255 are allowed");
        assertThat(NodeName.check("\u00e9".repeat(127))).hasSize(127);
        assertRefused("\u00e9".repeat(128), "256 bytes");
        assertRefused("\u20ac".repeat(100), "300 bytes");
    }

    @Test
    void refusesDecomposedNamesAndNormalizesThem() throws BadNameException {
        assertRefused(DECOMPOSED, "normal form C");
        assertThat(NodeName.check(NodeName.normalize(DECOMPOSED))).isEqualTo(COMPOSED);
    }

    @Test
    void refusesHalfASurrogatePair() {
        assertRefused("a\ud83d", "surrogate");
        assertRefused("\ude00a", "surrogate");
    }

    @Test
    void messageHidesControlCharactersAndKeepsTheName() {
        assertThatExceptionOfType(BadNameException.class).isThrownBy(() -> NodeName.check("a\0\u001b[31m/"))
                .withMessageContaining("'a\\x00\\x1b[31m/'").matches(e -> e.getName().equals("a\0\u001b[31m/"));
    }

    private static void assertRefused(String name, String reason) {
        assertThatExceptionOfType(BadNameException.class).isThrownBy(() -> NodeName.check(name))
                .withMessageContaining(reason);
    }
}
