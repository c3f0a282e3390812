package org.tidebox.cli.internal.text;

import java.util.Locale;
import java.util.ResourceBundle;

/** The texts of the help, which only those pay for with time who ask for it. */
public final class Help {
    private static final String NAME = "org.tidebox.cli.internal.text.help";

    private Help() {
    }

    /** Returns the texts in a language, or in English where they are not translated. */
    public static ResourceBundle in(Locale language) {
        return ResourceBundle.getBundle(NAME, language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
