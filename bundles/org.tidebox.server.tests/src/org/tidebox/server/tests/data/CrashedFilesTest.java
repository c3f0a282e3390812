package org.tidebox.server.tests.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.files.tests.disk.EveryCrash;
import org.tidebox.server.data.ServerFeatures;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.tls.TlsIdentity;
import org.tidebox.wire.CertificateFingerprint;

/** A crash at any call to the disk leaves a server files that it can use. */
class CrashedFilesTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-12-01T00:00:00Z"));

    @Test
    void certificateIsWholeOrMadeAnew() throws Exception {
        CertificateFingerprint[] shown = new CertificateFingerprint[1];
        EveryCrash.during(folder -> {
        }, folder -> shown[0] = TlsIdentity.open(location(folder), CLOCK).fingerprint(), (folder, done) -> {
            TlsIdentity identity = TlsIdentity.open(location(folder), CLOCK);
            if (done) {
                assertThat(identity.fingerprint()).isEqualTo(shown[0]);
            }
        });
    }

    @Test
    void chosenFeaturesAreTheOldOrTheNewOnes() throws Exception {
        EveryCrash.during(folder -> features(folder).use("point", "old"), folder -> features(folder).use("point",
                "new"), (folder, done) -> assertThat(chosen(folder)).isIn(done ? "new" : "old", "new"));
    }

    private static ServerLocation location(Path folder) {
        return new ServerLocation(folder, null, 0, false, Map.of());
    }

    private static ServerFeatures features(Path folder) {
        return new ServerFeatures(location(folder), () -> List.of(new Point()));
    }

    private static String chosen(Path folder) throws IOException {
        Properties stored = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("features.properties"))) {
            stored.load(reader);
        }
        return stored.getProperty("point");
    }

    private static final class Point implements FeaturePoint {
        @Override
        public FeatureStatus status() {
            return new FeatureStatus("point", "old", List.of("new", "old"));
        }

        @Override
        public void use(String provider) {
            // Every provider is there.
        }
    }
}
