package org.tidebox.wire.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.wire.CertificateFingerprint;

@Tag("C7")
class CertificateFingerprintTest {
    @Test
    void whatPeopleCopyIsUnderstood() {
        assertThat(CertificateFingerprint.parse("AB:cd ".repeat(16)).hex()).isEqualTo("abcd".repeat(16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "AB:CD", "zz"})
    void whatIsNoSha256IsRefused(String text) {
        assertThatThrownBy(() -> CertificateFingerprint.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 hex digits");
    }
}
