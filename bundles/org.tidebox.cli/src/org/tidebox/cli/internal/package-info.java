/** The way from a command line to an exit code: the tree of all commands, and what carries one out. */
package org.tidebox.cli.internal;
