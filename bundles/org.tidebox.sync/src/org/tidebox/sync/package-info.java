/**
 * The engine that keeps one sync folder and one library the same: detect, plan, apply. Plain Java: it reaches the server through
 * {@link org.tidebox.sync.Remote} and its database through {@link org.tidebox.sync.TreeStore}, whose providers live in bundles beside this
 * one. Which folders exist and when to run is the business of {@code org.tidebox.agent}.
 */
@Version("1.0.0")
package org.tidebox.sync;

import org.osgi.annotation.versioning.Version;
