/** The components that put the server into a running product, and the process around it. */
package org.tidebox.server.internal;
