package org.tidebox.agent.internal.folders;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tidebox.sync.device.ActivityEntry;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.ClientDatabaseProvider;
import org.tidebox.sync.device.FolderDefinition;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStore;

/** A database in memory that outlives its closing. Its trees are empty but for what the test puts below the root. */
public final class FakeDatabase implements ClientDatabase, ClientDatabaseProvider {
    public final Map<String, String> settings = new ConcurrentHashMap<>();
    final Map<FolderId, FolderDefinition> folders = new LinkedHashMap<>();
    final List<ActivityEntry> activity = new ArrayList<>();
    public final Map<String, LocalNode> children = new ConcurrentHashMap<>();

    @Override
    public ClientDatabase open(Path directory) {
        return this;
    }

    @Override
    public TreeStore trees(FolderId folder) {
        return (TreeStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{TreeStore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "differences" -> new TreeStore.Differences(0, 0, 0, 0);
                    case "syncedCount", "cursor" -> 0L;
                    case "childNamed" -> Optional.ofNullable(children.get((String) arguments[1]));
                    case "remoteChildNamed" -> Optional.empty();
                    case "synced", "local", "remote" -> Map.of();
                    case "factNames" -> List.of();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public List<FolderDefinition> folders() {
        return List.copyOf(folders.values());
    }

    @Override
    public void putFolder(FolderDefinition folder) {
        folders.put(folder.id(), folder);
    }

    @Override
    public void removeFolder(FolderId folder) {
        folders.remove(folder);
    }

    @Override
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    @Override
    public Optional<String> setting(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    @Override
    public void putSetting(String key, String value) {
        if (value == null) {
            settings.remove(key);
        } else {
            settings.put(key, value);
        }
    }

    @Override
    public synchronized void addActivity(List<ActivityEntry> entries, int keep) {
        activity.addAll(entries);
        activity.removeIf(entry -> entry.number() <= entries.getLast().number() - keep);
    }

    @Override
    public synchronized List<ActivityEntry> activity(long before, int most) {
        return activity.reversed().stream().filter(entry -> before == 0 || entry.number() < before).limit(most)
                .toList();
    }

    @Override
    public void close() {
        // What it holds is kept for the next opening.
    }
}
