/** Tests of metadata in Derby and PostgreSQL. */
package org.tidebox.storage.tests.jdbc;
