package org.tidebox.cli.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P5")
class TextTest {
    @Test
    void bytesHaveTheUnitThatFits() {
        assertThat(List.of(0L, 999L, 1000L, 1536L, 64L << 20, 3L << 40).stream().map(Units::bytes))
                .containsExactly("0 B", "999 B", "1.0 KiB", "1.5 KiB", "64.0 MiB", "3.0 TiB");
        assertThat(Units.bytes(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
    }

    @Test
    void sizesAreReadWithAndWithoutUnits() {
        assertThat(Units.parseBytes("0")).isZero();
        assertThat(Units.parseBytes("500")).isEqualTo(500);
        assertThat(Units.parseBytes("10K")).isEqualTo(10 << 10);
        assertThat(Units.parseBytes("1.5 GiB")).isEqualTo(3L << 29);
        assertThat(Units.parseBytes("2tb")).isEqualTo(2L << 40);
        for (String wrong : List.of("", "much", "-1", "5 X", "1e9")) {
            assertThatThrownBy(() -> Units.parseBytes(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void durationsAndCountsReadWell() {
        assertThat(Units.duration(Duration.ofMillis(87))).isEqualTo("87 ms");
        assertThat(Units.duration(Duration.ofMillis(4210))).isEqualTo("4.2 s");
        assertThat(Units.duration(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
        assertThat(Units.duration(Duration.ofMinutes(125))).isEqualTo("2 h 05 min");
        assertThat(Units.count(1, "file")).isEqualTo("1 file");
        assertThat(Units.count(12345, "file")).isEqualTo("12,345 files");
    }

    @Test
    void barsFillInEighths() {
        assertThat(Bar.of(0, 100, 4)).isEqualTo("▕    ▏");
        assertThat(Bar.of(50, 100, 4)).isEqualTo("▕██  ▏");
        assertThat(Bar.of(1, 32, 4)).isEqualTo("▕▏   ▏");
        assertThat(Bar.of(200, 100, 4)).isEqualTo("▕████▏");
        assertThat(Bar.percent(999, 1000)).isEqualTo(" 99 %");
        assertThat(Bar.percent(0, 0)).isEqualTo("100 %");
    }

    @Test
    void inkIsPlainUnlessWanted() {
        assertThat(new Ink(false).good("fine")).isEqualTo("fine");
        assertThat(new Ink(true).good("fine")).contains("fine").startsWith("\u001b[");
    }

    @Test
    void jsonWritesRecordsMapsListsAndNothing() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("list", List.of(1, 2L, 0.5, true, "te\"xt"));
        map.put("none", null);
        map.put("record", new Point(3, null));
        assertThat(JsonDocument.of(map).replaceAll("\\s+", ""))
                .isEqualTo("{\"list\":[1,2,0.5,true,\"te\\\"xt\"],\"none\":null,\"record\":{\"x\":3,\"name\":null}}");
    }

    private record Point(int x, String name) {
    }
}
