package org.tidebox.agent.internal.host;

import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.tidebox.feature.FeaturePoint;

/** The swap points that are there now. */
@Component(service = FeaturePoints.class)
public final class FeaturePoints {
    private final CopyOnWriteArrayList<FeaturePoint> points = new CopyOnWriteArrayList<>();

    /** A swap point appeared. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bind(FeaturePoint point) {
        points.add(point);
    }

    /** A swap point goes. */
    public void unbind(FeaturePoint point) {
        points.remove(point);
    }

    /** Returns the list itself, which goes on changing. */
    CopyOnWriteArrayList<FeaturePoint> live() {
        return points;
    }
}
