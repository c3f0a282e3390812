/** Tests of what comes from the server. */
package org.tidebox.sync.internal.pull;
