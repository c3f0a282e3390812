/** The components that track the providers of storage. */
package org.tidebox.storage.internal;
