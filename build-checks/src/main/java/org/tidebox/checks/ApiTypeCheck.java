package org.tidebox.checks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every interface of an exported package says who implements it; generated ones do not count. */
public final class ApiTypeCheck implements Check {
    static final String WHY = "a new method breaks those who implement an interface: @ProviderType says that only providers of"
            + " this API do, @ConsumerType that its users do";

    private static final Pattern INTERFACE = Pattern.compile(
            "((?:@[\\w.]+(?:\\([^)]*\\))?\\s+)*)public\\s+(?:(?:static|sealed|non-sealed)\\s+)*interface\\s+(\\w+)");
    private static final Pattern TYPE = Pattern.compile("@(?:Provider|Consumer)Type\\b");

    @Override
    public List<Violation> run(SourceTree tree) throws IOException {
        List<Violation> violations = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            List<String> exported = bundle.header("Export-Package").stream().map(Clause::name)
                    .collect(Collectors.toList());
            for (JavaSource source : bundle.sources()) {
                if (!bundle.isTests() && exported.contains(source.packageName())) {
                    check(source, violations);
                }
            }
        }
        return violations;
    }

    private static void check(JavaSource source, List<Violation> violations) {
        Matcher matcher = INTERFACE.matcher(source.code());
        while (matcher.find()) {
            if (!TYPE.matcher(matcher.group(1)).find()) {
                violations.add(new Violation(source.file(), source.lineAt(matcher.start(2)),
                        "exports interface " + matcher.group(2) + " without @ProviderType or @ConsumerType", WHY));
            }
        }
    }
}
