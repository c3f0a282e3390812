package org.tidebox.rules.tika;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.osgi.service.component.annotations.Component;
import org.tidebox.rules.TypeDetector;

/** Looks types up in the table of Apache Tika. */
@Component(property = TypeDetector.PROVIDER + "=" + TikaTypeDetector.NAME)
public final class TikaTypeDetector implements TypeDetector {
    /** The name of the provider. */
    public static final String NAME = "tika";

    /** Loaded with the first question. */
    private static final class Table {
        static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes(MimeTypes.class.getClassLoader());
    }

    @Override
    public Optional<String> ofExtension(String extension) {
        Metadata named = new Metadata();
        named.set(TikaCoreProperties.RESOURCE_NAME_KEY, "a." + extension);
        try {
            return special(null, named);
        } catch (IOException e) {
            throw new AssertionError("no content was read", e);
        }
    }

    @Override
    public Optional<String> ofContent(InputStream content) throws IOException {
        return special(new BufferedInputStream(content), new Metadata());
    }

    private static Optional<String> special(InputStream content, Metadata named) throws IOException {
        String type = Table.TYPES.detect(content, named).getBaseType().toString();
        return type.equals(MimeTypes.OCTET_STREAM) ? Optional.empty() : Optional.of(type);
    }

    @Override
    public Set<String> extensions(String type) {
        if (type.equals(MimeTypes.PLAIN_TEXT)) {
            // The table lists whatever happens to be text, from manifests to grammars.
            return Set.of("txt");
        }
        try {
            return Table.TYPES.forName(type).getExtensions().stream()
                    .map(extension -> extension.substring(1).toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (MimeTypeException e) {
            return Set.of();
        }
    }

    @Override
    public boolean knows(String type) {
        try {
            return Table.TYPES.getRegisteredMimeType(type) != null;
        } catch (MimeTypeException e) {
            return false;
        }
    }
}
