package org.tidebox.agent.internal.host;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.device.ActivityEntry;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.FolderDefinition;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;

/** The device's database, with a copy beside it of what neither the folders nor the server could tell again. */
final class KeptDatabase implements ClientDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(KeptDatabase.class);

    private final ClientDatabase database;
    private final DeviceFile file;
    private DeviceFile.Contents kept;

    private KeptDatabase(ClientDatabase database, DeviceFile file) {
        this.database = database;
        this.file = file;
    }

    /** Wraps an open database. Where it is a new one, it gets what the copy holds. */
    static KeptDatabase over(ClientDatabase database, DeviceFile file) throws TreeStoreException {
        KeptDatabase result = new KeptDatabase(database, file);
        result.kept = result.read();
        if (result.contents().isEmpty()) {
            result.restore();
        }
        result.keep();
        return result;
    }

    private DeviceFile.Contents read() {
        try {
            return file.read().orElse(new DeviceFile.Contents(Map.of(), List.of()));
        } catch (IOException e) {
            LOG.warn("The copy of the device's settings cannot be used: {}", e.getMessage());
            return new DeviceFile.Contents(Map.of(), List.of());
        }
    }

    private DeviceFile.Contents contents() throws TreeStoreException {
        return new DeviceFile.Contents(database.settings(), database.folders());
    }

    private void restore() throws TreeStoreException {
        for (FolderDefinition folder : kept.folders()) {
            SyncFolder.expectMarker(database.trees(folder.id()));
            database.putFolder(folder);
        }
        for (Map.Entry<String, String> setting : kept.settings().entrySet()) {
            database.putSetting(setting.getKey(), setting.getValue());
        }
    }

    /** Brings the copy up to date. Without it everything works, but a lost database would have to be set up by hand. */
    private synchronized void keep() throws TreeStoreException {
        DeviceFile.Contents now = contents();
        if (!now.equals(kept)) {
            try {
                file.write(now);
                kept = now;
            } catch (IOException e) {
                LOG.warn("The copy of the device's settings cannot be written: {}", e.getMessage());
            }
        }
    }

    @Override
    public TreeStore trees(FolderId folder) {
        return database.trees(folder);
    }

    @Override
    public List<FolderDefinition> folders() throws TreeStoreException {
        return database.folders();
    }

    @Override
    public void putFolder(FolderDefinition folder) throws TreeStoreException {
        database.putFolder(folder);
        keep();
    }

    @Override
    public void removeFolder(FolderId folder) throws TreeStoreException {
        database.removeFolder(folder);
        keep();
    }

    @Override
    public Map<String, String> settings() throws TreeStoreException {
        return database.settings();
    }

    @Override
    public Optional<String> setting(String key) throws TreeStoreException {
        return database.setting(key);
    }

    @Override
    public void putSetting(String key, String value) throws TreeStoreException {
        database.putSetting(key, value);
        keep();
    }

    @Override
    public void addActivity(List<ActivityEntry> entries, int keep) throws TreeStoreException {
        database.addActivity(entries, keep);
    }

    @Override
    public List<ActivityEntry> activity(long before, int most) throws TreeStoreException {
        return database.activity(before, most);
    }

    @Override
    public void close() {
        database.close();
    }
}
