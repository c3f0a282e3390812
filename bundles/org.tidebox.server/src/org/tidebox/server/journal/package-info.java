/** The libraries of an account: how they are and were, and how commits change them. */
@Version("1.0.0")
package org.tidebox.server.journal;

import org.osgi.annotation.versioning.Version;
