/** The process: who owns a home, what an agent is put together from, its database and its control socket. All other rooms are used from here, and none uses this one. */
package org.tidebox.agent.internal.host;
