/**
 * Ignore files that mean what {@code .gitignore} means to git: the matching is JGit's. Nobody calls this by name; it is
 * found as a service.
 */
@Version("1.0.0")
package org.tidebox.rules.ignorefile;

import org.osgi.annotation.versioning.Version;
