/** Tests of the protocol over real connections. */
package org.tidebox.server.tests.http;
