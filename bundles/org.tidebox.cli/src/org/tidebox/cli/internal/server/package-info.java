/** The commands with which an operator looks after a server. */
package org.tidebox.cli.internal.server;
