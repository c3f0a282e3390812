/** The commands, and what they share: finding the product, reaching the agent and the server, showing an outcome. */
package org.tidebox.cli.internal;
