/** What decides on transfers, what it holds back and asks about, and what is ignored. */
package org.tidebox.agent.internal.rules;
