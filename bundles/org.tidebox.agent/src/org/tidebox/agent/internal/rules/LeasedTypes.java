package org.tidebox.agent.internal.rules;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.tidebox.feature.Lease;
import org.tidebox.rules.TypeDetector;
import org.tidebox.rules.TypeDetectorRegistry;

/** Asks whichever detector of types is in use at that moment, so that rules live on when it is replaced. */
record LeasedTypes(TypeDetectorRegistry registry) implements TypeDetector {
    @Override
    public Optional<String> ofExtension(String extension) {
        try (Lease<TypeDetector> lease = registry.acquire()) {
            return lease.get().ofExtension(extension);
        }
    }

    @Override
    public Optional<String> ofContent(InputStream content) throws IOException {
        try (Lease<TypeDetector> lease = registry.acquire()) {
            return lease.get().ofContent(content);
        }
    }

    @Override
    public Set<String> extensions(String type) {
        try (Lease<TypeDetector> lease = registry.acquire()) {
            return lease.get().extensions(type);
        }
    }

    @Override
    public boolean knows(String type) {
        try (Lease<TypeDetector> lease = registry.acquire()) {
            return lease.get().knows(type);
        }
    }
}
