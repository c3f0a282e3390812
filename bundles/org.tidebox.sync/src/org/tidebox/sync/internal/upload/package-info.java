/** Brings contents and changes to the server. */
package org.tidebox.sync.internal.upload;
