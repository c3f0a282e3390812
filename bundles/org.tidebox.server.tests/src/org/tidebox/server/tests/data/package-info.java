/** Tests of starting, stopping, failing stores and their exchange while the server runs. */
package org.tidebox.server.tests.data;
