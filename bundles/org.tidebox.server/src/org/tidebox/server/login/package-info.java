/**
 * Letting people and their devices in by password or join code, slowing down those who guess, and cutting devices
 * off.
 */
@Version("1.0.0")
package org.tidebox.server.login;

import org.osgi.annotation.versioning.Version;
