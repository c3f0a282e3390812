/** Who asks: a token becomes a session, and a session is looked at again in the midst of what it does. */
@Version("1.0.0")
package org.tidebox.server.session;

import org.osgi.annotation.versioning.Version;
