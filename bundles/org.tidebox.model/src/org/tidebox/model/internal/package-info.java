/** How the file of the configuration is written and read. */
package org.tidebox.model.internal;
