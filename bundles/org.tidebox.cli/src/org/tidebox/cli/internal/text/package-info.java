/** How things look on a terminal: units, tables, bars, colours. Knows no commands. */
package org.tidebox.cli.internal.text;
