package org.tidebox.agent.internal.rules;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.rules.IgnoreRegistry;
import org.tidebox.rules.TypeDetectorRegistry;

/**
 * What rules need of others. In OSGi these are services.
 *
 * @param types tells types of files
 * @param ignores reads ignore files
 */
@Component(service = RuleServices.class)
public record RuleServices(TypeDetectorRegistry types, IgnoreRegistry ignores) {
    /** Gets the services. */
    @Activate
    public RuleServices(@Reference TypeDetectorRegistry types, @Reference IgnoreRegistry ignores) {
        this.types = types;
        this.ignores = ignores;
    }
}
