/**
 * The engine that keeps one sync folder and one library the same: detect, plan, apply. {@link org.tidebox.sync.SyncFolder} is all that
 * its callers start from. Plain Java: it reaches the server through {@code org.tidebox.remote} and its database through
 * {@link org.tidebox.sync.device}, whose providers live in bundles of their own. Which folders exist and when to run is the
 * business of {@code org.tidebox.agent}.
 */
@Version("1.0.0")
package org.tidebox.sync;

import org.osgi.annotation.versioning.Version;
