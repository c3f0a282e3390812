package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.file.Path;

/** A pack of a format that this program does not know. */
final class PackVersionException extends IOException {
    private static final long serialVersionUID = 1L;

    PackVersionException(Path pack, int found, int known) {
        super("The pack " + pack + " has format version " + found + ", but this version of Tidebox knows only version "
                + known + "; use the version of Tidebox that wrote it");
    }
}
