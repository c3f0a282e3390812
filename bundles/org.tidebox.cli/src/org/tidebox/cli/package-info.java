/**
 * The command line: what people type, and how answers look. A light process without a framework; all work is done by the agent and the
 * server, which it reaches over their control sockets and starts where none runs. Called by the product's {@code tidebox} script.
 */
package org.tidebox.cli;
