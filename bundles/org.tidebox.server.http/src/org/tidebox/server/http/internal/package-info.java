/** The components that put the HTTP front into a running product. */
package org.tidebox.server.http.internal;
