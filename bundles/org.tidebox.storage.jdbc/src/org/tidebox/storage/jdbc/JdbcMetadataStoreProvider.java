package org.tidebox.storage.jdbc;

import org.osgi.service.component.annotations.Component;
import org.tidebox.storage.MetadataStore;
import org.tidebox.storage.MetadataStoreProvider;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StorageLocation;

/**
 * Keeps metadata in Derby, in the folder {@code metadata} of the server's data, or in PostgreSQL if the option {@link
 * #URL} says so.
 */
@Component(property = MetadataStoreProvider.PROVIDER + "=" + JdbcMetadataStoreProvider.NAME)
public final class JdbcMetadataStoreProvider implements MetadataStoreProvider {
    /** The name of the provider. */
    public static final String NAME = "jdbc";
    /** The option that names a PostgreSQL database: {@code jdbc:postgresql://host/database}. */
    public static final String URL = "metadata.url";
    private static final String FOLDER = "metadata";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public MetadataStore open(StorageLocation location) throws StorageException {
        String url = location.options().get(URL);
        return new JdbcMetadataStore(url == null
                ? DerbyDatabase.open(location.data().resolve(FOLDER))
                : PostgresDatabase.open(url, location.options()));
    }
}
