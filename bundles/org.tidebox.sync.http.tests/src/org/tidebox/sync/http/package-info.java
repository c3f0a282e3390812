/** Tests of {@code org.tidebox.sync.http} against real TLS servers; in its package because time-outs are internal. */
package org.tidebox.sync.http;
