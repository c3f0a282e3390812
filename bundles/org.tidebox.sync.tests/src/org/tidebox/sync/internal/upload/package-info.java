/** Tests of what goes to the server, and how much. */
package org.tidebox.sync.internal.upload;
