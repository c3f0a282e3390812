package org.tidebox.auth.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.auth.password.Cost;
import org.tidebox.auth.password.Verifier;

@Tag("A6")
class VerifierTest {
    /** From the test program of the reference implementation, github.com/P-H-C/phc-winner-argon2. */
    private static final String REFERENCE = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    private static final Cost COST = new Cost(64, 1, 1);

    @Test
    void referenceVerifierMatchesItsPasswordOnly() {
        Verifier verifier = Verifier.parse(REFERENCE);
        assertThat(verifier.matches("password".getBytes(UTF_8))).isTrue();
        assertThat(verifier.matches("passwore".getBytes(UTF_8))).isFalse();
        assertThat(verifier.text()).isEqualTo(REFERENCE);
    }

    /** RFC 9106, section 5.3. */
    @Test
    void generatorGivesTheTagOfTheStandard() {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32).withIterations(3).withParallelism(4).withSalt(filled(16, 2))
                .withSecret(filled(8, 3))
                .withAdditional(filled(12, 4)).build());
        byte[] tag = new byte[32];
        generator.generateBytes(filled(32, 1), tag);
        assertThat(HexFormat.of().formatHex(tag))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    @Test
    void newVerifierSurvivesItsTextForm() {
        Verifier verifier = Verifier.of("secret".getBytes(UTF_8), new Cost(64, 2, 2), new SecureRandom());
        Verifier again = Verifier.parse(verifier.text());
        assertThat(again.text()).isEqualTo(verifier.text());
        assertThat(again.matches("secret".getBytes(UTF_8))).isTrue();
    }

    @Test
    void weakerMeansALowerFigureOrAShorterSalt() {
        Verifier verifier = Verifier.of("secret".getBytes(UTF_8), COST, new SecureRandom());
        assertThat(verifier.isWeakerThan(COST)).isFalse();
        assertThat(verifier.isWeakerThan(new Cost(128, 1, 1))).isTrue();
        assertThat(verifier.isWeakerThan(new Cost(64, 2, 1))).isTrue();
        assertThat(Verifier.parse(REFERENCE).isWeakerThan(new Cost(256, 2, 1))).as("8 bytes of salt").isTrue();
    }

    @Test
    void costBeyondBoundsIsRejected() {
        assertThatThrownBy(() -> new Cost(65_537, 1, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65537");
        assertThatThrownBy(() -> new Cost(64, 17, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cost(15, 1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
