/**
 * How texts stand in the log: what is hidden in them is written out, so that each event is what it seems to be. A
 * fragment of Logback, which makes these classes because {@code etc/logback.xml} of the products names them. Nobody calls
 * it.
 */
package org.tidebox.log;
