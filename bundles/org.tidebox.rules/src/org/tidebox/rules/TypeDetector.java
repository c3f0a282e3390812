package org.tidebox.rules;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Knows MIME types (RFC 2046) of files. The same on every device, so that rules mean the same. Thread-safe. A service. */
@ProviderType
public interface TypeDetector {
    /** The service property that names the provider. */
    String PROVIDER = "tidebox.provider";

    /**
     * Returns the type of files with an extension.
     *
     * @param extension in lower case, without a dot
     */
    Optional<String> ofExtension(String extension);

    /**
     * Returns the type that a content looks like; empty if it looks like nothing special.
     *
     * @param content from its beginning; a few KiB of it are read, and it is not closed
     */
    Optional<String> ofContent(InputStream content) throws IOException;

    /** Returns the extensions that files of a type usually have, in lower case and without dots. */
    Set<String> extensions(String type);

    /** Returns whether there is such a type. */
    boolean knows(String type);
}
