package org.tidebox.auth.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.Token;

@Tag("A6")
class TokenTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void textFormIsOneTokenAgain() throws Exception {
        Token token = Token.random(random);
        Token again = Token.parse(token.text());
        assertThat(again).isEqualTo(token).hasSameHashCodeAs(token);
        assertThat(again.hash()).isEqualTo(token.hash()).matches("[0-9a-f]{64}");
        assertThat(token.text()).matches("tb1_[A-Za-z0-9_-]{43}");
    }

    @Test
    void hashIsTheSha256OfTheText() throws Exception {
        assertThat(Token.parse("tb1_" + "A".repeat(43)).hash())
                .isEqualTo("7c2b6bb4a2cd7e240efb863da880931ea16ec446604c5478e7c632690fa8105e");
    }

    @Test
    void tokensDiffer() {
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            texts.add(Token.random(random).text());
        }
        assertThat(texts).hasSize(1000);
    }

    @Test
    void printingTellsNothingOfTheText() {
        Token token = Token.random(random);
        assertThat(token.toString()).doesNotContain(token.text().substring(4, 12));
    }

    @Test
    void malformedTextIsToldWithoutRepeatingIt() {
        assertMalformed("");
        assertMalformed("tb2_" + "A".repeat(43));
        assertMalformed("tb1_" + "A".repeat(42));
        assertMalformed("tb1_" + "A".repeat(44));
        assertMalformed("tb1_" + "A".repeat(42) + "B");
        assertMalformed("tb1_" + "A".repeat(43) + "=");
        assertMalformed("tb1_" + "A".repeat(42) + "!");
    }

    private static void assertMalformed(String text) {
        AuthException failure = AuthenticatorContract.assertRefused(() -> Token.parse(text));
        assertThat(failure).hasMessageStartingWith("This is not a device token: ").hasMessageNotContaining("AAAA");
    }
}
