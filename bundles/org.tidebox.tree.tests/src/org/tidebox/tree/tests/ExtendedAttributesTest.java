package org.tidebox.tree.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ExtendedAttributes;

@Tag("C1")
class ExtendedAttributesTest {
    private static final ExtendedAttributes SOME = ExtendedAttributes
            .of(Map.of("b", new byte[]{1, 2}, "a", new byte[0], "größe 😀", new byte[]{-1, 0}));

    @Test
    void theEncodingIsTheSameWhateverTheOrder() {
        assertThat(SOME.names()).containsExactly("a", "b", "größe 😀");
        assertThat(ExtendedAttributes.of(Map.of("b", new byte[]{7}, "a", new byte[0])).encode())
                .containsExactly(1, 'a', 0, 0, 1, 'b', 0, 1, 7);
        assertThat(ExtendedAttributes.NONE.encode()).isEmpty();
        assertThat(ExtendedAttributes.of(Map.of())).isSameAs(ExtendedAttributes.NONE);
    }

    @Test
    void whatIsEncodedIsDecoded() {
        long seed = Long.getLong("tidebox.seed", new Random().nextLong());
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            ExtendedAttributes attributes = random(random);
            assertThat(ExtendedAttributes.decode(attributes.encode())).as("seed %d", seed).isEqualTo(attributes)
                    .hasSameHashCodeAs(attributes);
        }
    }

    private static ExtendedAttributes random(Random random) {
        Map<String, byte[]> values = new HashMap<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            byte[] value = new byte[random.nextInt(300)];
            random.nextBytes(value);
            values.put(random.nextBoolean() ? "name " + random.nextInt(9) : "ünïcode.😀" + random.nextInt(9), value);
        }
        return ExtendedAttributes.of(values);
    }

    @Test
    void whatIsCutShortOrNotInOrderIsRefused() {
        byte[] whole = SOME.encode();
        int read = 0;
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            try {
                assertThat(ExtendedAttributes.decode(part).names()).hasSizeLessThan(3);
                read++;
            } catch (IllegalArgumentException e) {
                assertThat(e).message().contains("extended attribute");
            }
        }
        assertThat(read).as("cuts between two attributes").isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExtendedAttributes.decode(new byte[]{1, 'b', 0, 0, 1, 'a', 0, 0}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExtendedAttributes.decode(new byte[]{1, 'a', 0, 0, 1, 'a', 0, 0}));
    }

    @Test
    void valuesCannotBeChangedFromOutside() {
        byte[] value = {1};
        ExtendedAttributes attributes = ExtendedAttributes.of(Map.of("a", value));
        value[0] = 2;
        attributes.value("a")[0] = 3;
        attributes.names().clear();
        assertThat(attributes.value("a")).containsExactly(1);
        assertThat(attributes.value("b")).isNull();
    }

    @Test
    void valuesAreTakenOverByName() {
        ExtendedAttributes other = ExtendedAttributes.of(Map.of("b", new byte[]{9}, "c", new byte[]{3}));
        assertThat(SOME.differences(other)).containsExactly("a", "b", "c", "größe 😀");
        assertThat(SOME.with(List.of("a", "c"), other))
                .isEqualTo(ExtendedAttributes.of(Map.of("b", new byte[]{1, 2}, "c", new byte[]{3}, "größe 😀",
                        new byte[]{-1, 0})));
        assertThat(SOME.with(SOME.differences(other), other)).isEqualTo(other);
        assertThat(SOME.differences(SOME)).isEmpty();
    }

    @Test
    void anEmptyValueIsNotNoValue() {
        ExtendedAttributes empty = ExtendedAttributes.of(Map.of("a", new byte[0]));
        assertThat(empty).isNotEqualTo(ExtendedAttributes.NONE);
        assertThat(empty.differences(ExtendedAttributes.NONE)).containsExactly("a");
        assertThat(ExtendedAttributes.of(Map.of("b", new byte[0]))).isNotEqualTo(empty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "\ud800"})
    void namesAreTexts(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> ExtendedAttributes.of(Map.of(name, new byte[0])))
                .withMessageContaining("name of an extended attribute");
    }

    /** Else two forms would mean the same, and a device would send on another one than came. */
    @Test
    void bytesThatAreNoTextAreNoName() {
        byte[] bytes = ExtendedAttributes.of(Map.of("aé", new byte[]{1})).encode();
        bytes[2] ^= 0x20;
        assertThatIllegalArgumentException().isThrownBy(() -> ExtendedAttributes.decode(bytes))
                .withMessageContaining("is no text");
    }

    @Test
    void thereAreBounds() {
        assertThat(ExtendedAttributes.of(Map.of("ü".repeat(127), new byte[0])).names()).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExtendedAttributes.of(Map.of("ü".repeat(128), new byte[0])));
        int most = ExtendedAttributes.MAX_BYTES - 4;
        ExtendedAttributes largest = ExtendedAttributes.of(Map.of("a", new byte[most]));
        assertThat(largest.encode()).hasSize(ExtendedAttributes.MAX_BYTES);
        assertThat(ExtendedAttributes.decode(largest.encode())).isEqualTo(largest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExtendedAttributes.of(Map.of("a", new byte[most + 1])))
                .withMessageContaining("there are 8193");
        assertThatIllegalArgumentException().isThrownBy(() -> ExtendedAttributes.decode(new byte[8193]));
        Map<String, byte[]> many = new HashMap<>();
        for (int i = 0; i <= ExtendedAttributes.MAX_COUNT; i++) {
            many.put("n" + i, new byte[0]);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> ExtendedAttributes.of(many))
                .withMessageContaining("there are 129");
    }

    @Test
    void valuesAreNotPrinted() {
        assertThat(ExtendedAttributes.of(Map.of("key", "secret".getBytes(UTF_8)))).hasToString("{key: 6 bytes}");
    }

    @Test
    void attributesHaveNoneUnlessGiven() {
        assertThat(new Attributes(0644, 5).extended()).isSameAs(ExtendedAttributes.NONE);
        assertThat(new Attributes(0644, 5, null)).isEqualTo(new Attributes(0644, 5));
        assertThat(new Attributes(0644, 5).withExtended(SOME)).isEqualTo(new Attributes(0644, 5, SOME))
                .isNotEqualTo(new Attributes(0644, 5));
    }
}
