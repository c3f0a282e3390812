package org.tidebox.rules.internal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.tidebox.rules.Candidate;
import org.tidebox.rules.TypeDetector;

/** A candidate while its decision is sought; what several rules ask for is found out once. */
final class Facts {
    private final Candidate candidate;
    private final long age;
    private final String name;
    private String[] path;
    private String lowerName;
    private String extension;
    private Optional<String> contentType;

    Facts(Candidate candidate, Instant now) {
        this.candidate = candidate;
        this.age = now.toEpochMilli() - candidate.modified().toEpochMilli();
        this.name = candidate.name();
    }

    Candidate candidate() {
        return candidate;
    }

    /** Returns how long ago the content was changed, in milliseconds. */
    long age() {
        return age;
    }

    String name() {
        return name;
    }

    String[] path() {
        if (path == null) {
            path = candidate.path().split("/");
        }
        return path;
    }

    String lowerName() {
        if (lowerName == null) {
            lowerName = name.toLowerCase(Locale.ROOT);
        }
        return lowerName;
    }

    /** Returns what follows the last dot, in lower case; empty if there is none but at the beginning or end. */
    String extension() {
        if (extension == null) {
            int dot = name.lastIndexOf('.');
            extension = dot <= 0 ? "" : lowerName().substring(dot + 1);
        }
        return extension;
    }

    /** Returns the type that the content looks like; a content that cannot be read is of none. */
    Optional<String> contentType(TypeDetector detector) {
        if (contentType == null) {
            contentType = Optional.empty();
            try {
                Optional<InputStream> content = candidate.content().open();
                if (content.isPresent()) {
                    try (InputStream in = content.get()) {
                        contentType = detector.ofContent(in);
                    }
                }
            } catch (IOException e) {
                // Nor can it be transferred now: it will be asked about again.
                contentType = Optional.empty();
            }
        }
        return contentType;
    }
}
