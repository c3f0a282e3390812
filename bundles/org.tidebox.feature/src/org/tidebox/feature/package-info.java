/**
 * Swap points: where a capability has several providers, and one of them is chosen while the product runs.
 *
 * <p>Each API bundle owns one {@link org.tidebox.feature.SwapPoint} behind a component that tracks the providers. The
 * clock lives here too, as the one capability that every layer needs, and what both products promise about their process.
 */
@Version("1.1.0")
package org.tidebox.feature;

import org.osgi.annotation.versioning.Version;
