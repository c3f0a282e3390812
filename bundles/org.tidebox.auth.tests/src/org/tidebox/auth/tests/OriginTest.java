package org.tidebox.auth.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidebox.auth.Origin;

@Tag("A6")
class OriginTest {
    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.2.7", "::ffff:192.0.2.7, 192.0.2.7", "[::ffff:192.0.2.7], 192.0.2.7",
            "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64", "[2001:db8:1:2::9], 2001:db8:1:2:0:0:0:0/64",
            "fe80::1%eth0, fe80:0:0:0:0:0:0:0/64", "a.name.that.is.not.looked.up, a.name.that.is.not.looked.up",
            "no:address, no:address"})
    void addressesOfOnePersonAreOneOrigin(String address, String origin) {
        assertThat(Origin.ofAddress(address)).hasToString(origin);
    }
}
