/** The feed of events: what happened, kept for those who follow it, and the look at states that finds what has changed. */
package org.tidebox.agent.internal.events;
