package org.tidebox.control.tests;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.control.tests.Kitchen.Dish;
import org.tidebox.control.tests.Kitchen.Taste;

/** Values to send. */
final class KitchenSamples {
    private KitchenSamples() {
    }

    static Dish dish() {
        Dish side = new Dish("Süß \"😀\" \n\\", Long.MIN_VALUE, 0, -0.5, false, Taste.SALTY, Instant.EPOCH,
                Duration.ZERO, Path.of("x y"), URI.create("https://x/?a=b"), Optional.empty(), List.of(), Map.of(),
                Set.of());
        return new Dish("Auflauf", Long.MAX_VALUE, Integer.MIN_VALUE, 1.5, true, Taste.SWEET,
                Instant.parse("2026-01-31T12:00:00.5Z"), Duration.ofMillis(1234), Path.of("/a/b"), URI.create("x"),
                Optional.of("hot"), List.of(side, side), Map.of("salt", 3), Set.of(Taste.SWEET, Taste.SALTY));
    }
}
