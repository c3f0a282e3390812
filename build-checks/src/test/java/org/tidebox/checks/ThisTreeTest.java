package org.tidebox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidebox.checks.api.ApiBaselineCheck;

/** The checkout that this module is part of keeps all rules. */
class ThisTreeTest {
    static List<Check> checks() {
        return List.of(new LayerCheck(), new EngineCheck(), new BannedCallCheck(), new PrintCheck(),
                new ConfinedWriteCheck(), new MachineTraceCheck(), new PackageVersionCheck(), new ProductCheck(),
                new CircleCheck(), new PackageSizeCheck(), new ApiTypeCheck(), new ApiBaselineCheck());
    }

    @ParameterizedTest
    @MethodSource("checks")
    void keepsRule(Check check) throws IOException {
        SourceTree tree = new SourceTree(
                Path.of(System.getProperty("tidebox.root", "..")).toAbsolutePath().normalize());
        List<Violation> violations = check.run(tree);
        assertThat(tree.bundles()).as("bundles found in " + tree.root()).isNotEmpty();
        assertThat(violations).withFailMessage(() -> violations.size() + " places break a rule:\n"
                + violations.stream().map(Violation::toString).collect(Collectors.joining("\n"))).isEmpty();
    }
}
