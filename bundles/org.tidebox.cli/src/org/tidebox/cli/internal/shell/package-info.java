/**
 * What every command has around it: streams and variables, the product, the processes of agent and server, and how it
 * ends. Knows no single command.
 */
package org.tidebox.cli.internal.shell;
