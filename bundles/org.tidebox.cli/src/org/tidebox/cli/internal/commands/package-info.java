/** The commands for the agent of this device, and how what it answers reads. */
package org.tidebox.cli.internal.commands;
