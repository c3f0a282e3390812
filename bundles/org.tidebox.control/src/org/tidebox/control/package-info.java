/**
 * The local control channel: Java interfaces served over a unix domain socket as JSON lines, and the same interfaces on
 * the other side. The agent and the server are its hosts, every face and the operator commands its callers. What can be
 * asked is the host's matter: each interface has a name, and any bundle can add one ({@link
 * org.tidebox.control.ControlApi}).
 *
 * <p>Values that travel: numbers, booleans, texts, enum constants, records, sealed interfaces of records, lists, sets, maps with text keys, {@code
 * Optional}, {@code char[]}, {@code Path}, {@code URI}, and every class with a static {@code parse} that reads what its
 * {@code toString} writes ({@code Instant}, {@code Duration}, ids). It is written by hand on a streaming parser because
 * a command has to start, ask and answer in a fraction of a second: a general binding library would take longer to load
 * than all the rest.
 */
@Version("1.1.0")
package org.tidebox.control;

import org.osgi.annotation.versioning.Version;
