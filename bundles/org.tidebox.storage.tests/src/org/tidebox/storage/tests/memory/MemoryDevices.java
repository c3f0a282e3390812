package org.tidebox.storage.tests.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.storage.accounts.Device;
import org.tidebox.storage.accounts.Devices;

/** Installations in memory. */
final class MemoryDevices implements Devices {
    private final Map<Long, Device> devices = new HashMap<>();
    private final Map<String, Long> tokens = new HashMap<>();
    private long last;

    @Override
    public synchronized Device add(long account, String name, String tokenHash, String address, Instant created,
            Instant expires) {
        Device device = new Device(++last, account, name, created, created, expires, address, null);
        devices.put(last, device);
        tokens.put(tokenHash, last);
        return device;
    }

    @Override
    public synchronized Optional<Device> findByToken(String tokenHash) {
        return Optional.ofNullable(devices.get(tokens.getOrDefault(tokenHash, 0L)));
    }

    @Override
    public synchronized void renew(long device, Instant lastSeen, String address, Instant expires) {
        devices.computeIfPresent(device, (id, old) -> new Device(id, old.account(), old.name(), old.created(), lastSeen,
                expires, address, old.removed()));
    }

    @Override
    public synchronized List<Device> list(long account) {
        return devices.values().stream().filter(device -> device.account() == account)
                .sorted(Comparator.comparing(Device::name).thenComparing(Device::id)).toList();
    }

    @Override
    public synchronized void remove(long device, Instant when) {
        devices.computeIfPresent(device, (id, old) -> old.removed() != null
                ? old
                : new Device(id, old.account(), old.name(), old.created(), old.lastSeen(), old.expires(), old.address(),
                        when));
    }
}
