package org.tidebox.feature;

import org.osgi.annotation.versioning.ProviderType;

/** The face that every swap point shows to operators: what is there, and which one to use. A service. */
@ProviderType
public interface FeaturePoint {
    /** Returns what is there and what is in use. */
    FeatureStatus status();

    /**
     * Chooses a provider; it is in use from the next {@linkplain SwapPoint#acquire() acquisition} on.
     *
     * @throws UnknownFeatureException if no such provider is there
     */
    void use(String provider) throws UnknownFeatureException;
}
