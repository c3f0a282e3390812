/** Tests of uploads, patches and what limits them. */
package org.tidebox.server.tests.ingest;
