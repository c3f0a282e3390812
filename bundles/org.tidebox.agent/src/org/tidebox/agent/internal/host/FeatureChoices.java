package org.tidebox.agent.internal.host;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.internal.account.DeviceState;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.UnknownFeatureException;
import org.tidebox.sync.device.TreeStoreException;

/** The swap points of this process, and the person's choices, which outlive it. Thread-safe. */
final class FeatureChoices {
    private static final Logger LOG = LoggerFactory.getLogger(FeatureChoices.class);

    private final List<FeaturePoint> points;
    private final DeviceState state;

    /** Uses the given points, which may come and go in that list. */
    FeatureChoices(CopyOnWriteArrayList<FeaturePoint> points, DeviceState state) {
        this.points = points;
        this.state = state;
    }

    List<FeatureStatus> list() {
        return points.stream().map(FeaturePoint::status).sorted(Comparator.comparing(FeatureStatus::point)).toList();
    }

    /** Makes the choices of earlier runs valid again; what is no longer installed is left as it is. */
    void restore() throws TreeStoreException {
        for (var choice : state.features().entrySet()) {
            try {
                find(choice.getKey()).use(choice.getValue());
            } catch (UnknownFeatureException | AgentException e) {
                LOG.warn("The chosen {}={} is not installed: {}", choice.getKey(), choice.getValue(), e.getMessage());
            }
        }
    }

    FeatureStatus use(String point, String provider) throws AgentException, TreeStoreException {
        FeaturePoint found = find(point);
        try {
            found.use(provider);
        } catch (UnknownFeatureException e) {
            throw new AgentException(e.getMessage(), true, e);
        }
        state.choose(point, provider);
        return found.status();
    }

    private FeaturePoint find(String point) throws AgentException {
        return points.stream().filter(candidate -> candidate.status().point().equals(point)).findFirst()
                .orElseThrow(() -> new AgentException("There is no feature '" + point + "'; there is: "
                        + String.join(", ", list().stream().map(FeatureStatus::point).toList())));
    }
}
