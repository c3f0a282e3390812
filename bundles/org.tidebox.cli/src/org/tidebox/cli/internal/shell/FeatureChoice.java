package org.tidebox.cli.internal.shell;

import java.util.List;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.feature.FeatureStatus;

/**
 * What is to be used where, and how that is told: the same for the agent and the server. Knows neither, since each product lacks the other's classes.
 *
 * @param point the swap point
 * @param provider what is to be used there
 */
public record FeatureChoice(String point, String provider) {
    /** Reads {@code POINT=PROVIDER}. */
    public static FeatureChoice parse(String text) throws CommandFailure {
        int equals = text.indexOf('=');
        if (equals <= 0 || equals == text.length() - 1) {
            throw new CommandFailure("'" + text + "' is no choice; write POINT=PROVIDER, such as delta=fixed");
        }
        return new FeatureChoice(text.substring(0, equals), text.substring(equals + 1));
    }

    /** Shows all swap points. */
    public static Outcome list(List<FeatureStatus> features) {
        Table table = new Table("FEATURE", "IN USE", "INSTALLED");
        features.forEach(feature -> table.row(feature.point(), feature.active() == null ? "none" : feature.active(),
                String.join(", ", feature.providers())));
        return Outcome.done(features, table.lines());
    }

    /** Tells what is used now. */
    public static Outcome used(FeatureStatus feature) {
        return Outcome.done(feature, feature.point() + " is now done by " + feature.active() + ".");
    }
}
