package org.tidebox.server.internal;

import java.util.List;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.server.data.ServerFeatures;
import org.tidebox.server.data.ServerLocation;

/**
 * Looks the swap points up when they are asked for. They are no references of the component, because the one of
 * authenticators needs the server's data, which need this.
 */
@Component(service = ServerFeatures.class)
public final class FeaturesComponent extends ServerFeatures {
    /** Works with the choices of the data folder. */
    @Activate
    public FeaturesComponent(BundleContext context, @Reference ServerLocation location) {
        super(location, () -> find(context));
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }

    private static List<FeaturePoint> find(BundleContext context) {
        try {
            return context.getServiceReferences(FeaturePoint.class, null).stream().map(context::getService)
                    .filter(Objects::nonNull).toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("a filter that is null is valid", e);
        }
    }
}
