/** Who is logged in, and the one connection to the server. */
package org.tidebox.agent.internal.account;
