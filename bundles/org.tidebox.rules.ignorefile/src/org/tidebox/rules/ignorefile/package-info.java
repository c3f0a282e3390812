/**
 * Ignore files that mean what {@code .gitignore} means to git, in time that no pattern can blow up: ignore files come from
 * other devices. Nobody calls this by name; it is found as a service.
 */
@Version("1.0.0")
package org.tidebox.rules.ignorefile;

import org.osgi.annotation.versioning.Version;
