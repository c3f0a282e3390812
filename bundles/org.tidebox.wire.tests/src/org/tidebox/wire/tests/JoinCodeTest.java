package org.tidebox.wire.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.wire.JoinCode;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.WireException;

@Tag("A6")
class JoinCodeTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String FINGERPRINT = "0123456789abcdef".repeat(4);

    private final JoinCode code = new JoinCode("https://box.example.org:8443", FINGERPRINT,
            JoinCode.newSecret(new SecureRandom()));

    @Test
    void textFormIsTheSameCodeAgain() throws Exception {
        assertThat(code.text()).startsWith("tidebox-join-").matches("[A-Za-z0-9_-]{80,160}");
        assertThat(JoinCode.parse(code.text())).isEqualTo(code);
    }

    @Test
    void hardAddressesSurvive() throws Exception {
        for (String url : new String[]{"https://[2001:db8::1]:8443", "https://bücher.example", "http://h",
                "https://h/" + "p".repeat(900)}) {
            JoinCode hard = new JoinCode(url, FINGERPRINT, "0123456789abcdef");
            assertThat(JoinCode.parse(hard.text())).isEqualTo(hard);
        }
    }

    @Test
    void brokenLinesOfAMailAreForgiven() throws Exception {
        String text = code.text();
        assertThat(JoinCode.parse("  " + text.substring(0, 50) + "\r\n " + text.substring(50) + "\n")).isEqualTo(code);
    }

    @Test
    void everyMistypedCharacterIsTold() {
        String text = code.text();
        for (int i = "tidebox-join-".length(); i < text.length(); i++) {
            for (int shift = 1; shift < ALPHABET.length(); shift += 7) {
                char wrong = ALPHABET.charAt((ALPHABET.indexOf(text.charAt(i)) + shift) % ALPHABET.length());
                assertMalformed(text.substring(0, i) + wrong + text.substring(i + 1));
            }
        }
    }

    @Test
    void swappedCharactersAreTold() {
        String text = code.text();
        for (int i = "tidebox-join-".length(); i + 1 < text.length(); i++) {
            if (text.charAt(i) != text.charAt(i + 1)) {
                assertMalformed(text.substring(0, i) + text.charAt(i + 1) + text.charAt(i) + text.substring(i + 2));
            }
        }
    }

    @Test
    void everyTruncationIsTold() {
        String text = code.text();
        for (int length = 0; length < text.length(); length++) {
            assertMalformed(text.substring(0, length));
        }
        assertMalformed(text + "A");
        assertMalformed(text + text);
    }

    @Test
    void codeOfANewerFormatAsksForAnUpdate() {
        byte[] bytes = new byte[80];
        bytes[0] = 2;
        assertThat(assertMalformed(sealed(bytes))).hasMessageContaining("update");
    }

    @Test
    void nonsenseUnderARightChecksumIsTold() {
        byte[] longUrl = new byte[80];
        longUrl[0] = 1;
        longUrl[33] = (byte) 0xff;
        assertMalformed(sealed(longUrl));
        byte[] noUrl = new byte[80];
        noUrl[0] = 1;
        assertMalformed(sealed(noUrl));
    }

    @Test
    void partsAreChecked() {
        assertThatThrownBy(() -> new JoinCode("ftp://h", FINGERPRINT, "0123456789abcdef"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JoinCode("https://h", "abc", "0123456789abcdef"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JoinCode("https://h", FINGERPRINT, "guess"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printingLeavesTheSecretOut() {
        assertThat(code.toString()).contains(code.url()).doesNotContain(code.secret());
    }

    private static String sealed(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - 4);
        for (int i = 0; i < 4; i++) {
            bytes[bytes.length - 1 - i] = (byte) (crc.getValue() >>> 8 * i);
        }
        return "tidebox-join-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static WireException assertMalformed(String text) {
        WireException failure = catchThrowableOfType(WireException.class, () -> JoinCode.parse(text));
        assertThat(failure.getType()).isEqualTo(ProblemType.BAD_JOIN_CODE);
        assertThat(failure).hasMessageStartingWith("This is not a join code: ")
                .hasMessageContaining("tidebox server invite");
        return failure;
    }
}
