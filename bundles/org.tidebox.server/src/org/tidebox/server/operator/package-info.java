/** Carries out operator commands, as the contract in {@code org.tidebox.server.admin} has them. */
@Version("1.0.0")
package org.tidebox.server.operator;

import org.osgi.annotation.versioning.Version;
