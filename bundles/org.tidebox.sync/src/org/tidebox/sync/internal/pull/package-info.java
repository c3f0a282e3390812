/** Detects what changed on the server, and keeps what the server sent along with the news. */
package org.tidebox.sync.internal.pull;
