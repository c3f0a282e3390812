/** Versions, the trash, restores, and conflicts: what people ask about earlier or other states, and bring back. */
package org.tidebox.agent.internal.history;
