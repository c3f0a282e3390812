/** Tests of commits, history and the libraries of accounts. */
package org.tidebox.server.tests.journal;
