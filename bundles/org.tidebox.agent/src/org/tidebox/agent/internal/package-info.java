/** How the agent does its work: settings on disk, one runner per folder, one connection, and the component that hosts it all. */
package org.tidebox.agent.internal;
