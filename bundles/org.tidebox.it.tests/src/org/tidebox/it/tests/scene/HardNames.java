package org.tidebox.it.tests.scene;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names that have broken other tools, with a content each. */
public final class HardNames {
    public static final Map<String, String> FILES = new LinkedHashMap<>();

    static {
        put(" leading and trailing ", "a\nnew line", "tab\tname", "quote\"'`$HOME;rm -rf", "back\\slash", "-rf",
                "--help", "..hidden", "...",
                "CON", "nul.txt", "trailing dot.", "star*?<>|:", "percent %2e%2e", "üñïçødé", "日本語のファイル",
                "emoji 🗂️ file", "עברית", "\u202Eright to left",
                "bell\u0007", "x".repeat(255), "ü".repeat(127), "case/readme", "case/README", "case/ReadMe",
                "folder./file", "#recycle/$~lock.docx",
                "a (conflict laptop 2020-01-01 000000).txt");
        FILES.put("zero bytes", "");
    }

    private HardNames() {
    }

    private static void put(String... names) {
        for (String name : names) {
            FILES.put(name, "content of " + name);
        }
    }
}
