/**
 * Metadata in a relational database: Derby inside the server's process, in the folder {@code metadata} of its data,
 * or PostgreSQL if the option {@code metadata.url} names one. The tables are in the numbered scripts beside the
 * classes. Nobody calls this bundle by name; {@link org.tidebox.storage.jdbc.JdbcMetadataStoreProvider} is found as a
 * service.
 */
@Version("1.0.0")
package org.tidebox.storage.jdbc;

import org.osgi.annotation.versioning.Version;
