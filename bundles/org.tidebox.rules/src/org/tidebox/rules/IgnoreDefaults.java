package org.tidebox.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What is ignored on a new device until its owner says otherwise. */
public final class IgnoreDefaults {
    private IgnoreDefaults() {
    }

    /** Returns the text of an ignore file with comments, for its owner to read and change. */
    public static String text() {
        try (InputStream in = IgnoreDefaults.class.getResourceAsStream("ignore-defaults.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
