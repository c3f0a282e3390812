/** The sync folders of this device: which there are, when each of them works, and what is known of it. */
package org.tidebox.agent.internal.folders;
