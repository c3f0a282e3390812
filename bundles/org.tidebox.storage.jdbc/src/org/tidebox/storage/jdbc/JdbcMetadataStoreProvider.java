package org.tidebox.storage.jdbc;

import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Component;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.provider.MetadataStoreProvider;
import org.tidebox.storage.provider.StorageLocation;

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

    private final UnaryOperator<DataSource> way;

    /** Makes the provider. */
    public JdbcMetadataStoreProvider() {
        this(UnaryOperator.identity());
    }

    /** Makes a provider whose connections go through something, such as one that fails on purpose. */
    public JdbcMetadataStoreProvider(UnaryOperator<DataSource> way) {
        this.way = way;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public MetadataStore open(StorageLocation location) throws StorageException {
        String url = location.options().get(URL);
        return new JdbcMetadataStore(url == null
                ? DerbyDatabase.open(location.data().resolve(FOLDER), way)
                : PostgresDatabase.open(url, location.options(), way));
    }
}
