package org.tidebox.feature;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The providers of one capability, and which of them is in use: the one chosen by name if it is there, else the one
 * with the highest ranking, else the first by name.
 *
 * <p>Users {@linkplain #acquire() acquire} the provider for one piece of work. Removing a provider waits until its
 * users have let go, so nobody sees it stop; acquiring waits a while for a provider to appear, so that a replacement
 * loses no request. Thread-safe.
 */
public final class SwapPoint<T> implements FeaturePoint {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final Duration patience;
    private final List<Provider<T>> providers = new ArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private String chosen;

    /** Makes an empty swap point whose users wait up to ten seconds for a provider. */
    public SwapPoint(String name) {
        this(name, PATIENCE);
    }

    /** Makes an empty swap point with the given patience: how long to wait for a provider to appear, or for its users to let go. */
    public SwapPoint(String name, Duration patience) {
        this.name = name;
        this.patience = patience;
    }

    /** Adds a provider. */
    public void add(String provider, int ranking, T service) {
        change(() -> providers.add(new Provider<>(provider, ranking, service)));
    }

    /** Removes a provider, after its present users are done or the patience is over. */
    public void remove(T service) {
        Provider<T> removed = take(service);
        if (removed != null) {
            notifyListeners();
            awaitIdle(removed);
        }
    }

    /** Calls back after each change of the providers or of the choice; not while any lock is held. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Ends what {@link #onChange} began. */
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /**
     * Returns the provider in use, held until the lease is closed.
     *
     * @throws NoProviderException if there is none for as long as the patience lasts
     */
    public Lease<T> acquire() {
        return acquire(provider -> List.of(provider)).getFirst();
    }

    /**
     * Returns all providers, each held until its lease is closed; the one in use first, then the others by ranking.
     *
     * @throws NoProviderException if there is none for as long as the patience lasts
     */
    public List<Lease<T>> acquireAll() {
        return acquire(first -> providers.stream().sorted(best()).toList());
    }

    /** Awaits a provider, and leases those that are chosen, given the one in use, while the lock is held. */
    private List<Lease<T>> acquire(Function<Provider<T>, List<Provider<T>>> choice) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (active() == null) {
                if (left <= 0) {
                    throw new NoProviderException(name);
                }
                left = changed.awaitNanos(left);
            }
            return choice.apply(active()).stream().map(this::lease).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoProviderException(name);
        } finally {
            lock.unlock();
        }
    }

    private Lease<T> lease(Provider<T> provider) {
        provider.users++;
        return new Lease<>(provider.service, provider.name, () -> release(provider));
    }

    @Override
    public FeatureStatus status() {
        lock.lock();
        try {
            Provider<T> active = active();
            List<String> names = providers.stream().map(provider -> provider.name).sorted().distinct().toList();
            return new FeatureStatus(name, active == null ? null : active.name, names);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void use(String provider) throws UnknownFeatureException {
        FeatureStatus status = status();
        if (!status.providers().contains(provider)) {
            throw new UnknownFeatureException("'" + name + "' has no provider '" + provider + "'; there is: "
                    + String.join(", ", status.providers()));
        }
        change(() -> chosen = provider);
    }

    private void change(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        notifyListeners();
    }

    private Provider<T> take(T service) {
        lock.lock();
        try {
            for (Provider<T> provider : providers) {
                if (provider.service == service) {
                    providers.remove(provider);
                    return provider;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void awaitIdle(Provider<T> provider) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (provider.users > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void release(Provider<T> provider) {
        lock.lock();
        try {
            provider.users--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Provider<T> active() {
        return providers.stream().min(best()).orElse(null);
    }

    private Comparator<Provider<T>> best() {
        return Comparator.<Provider<T>, Boolean>comparing(it -> it.name.equals(chosen))
                .thenComparing(it -> it.ranking).reversed().thenComparing(it -> it.name);
    }

    private void notifyListeners() {
        listeners.forEach(Runnable::run);
    }

    private static final class Provider<T> {
        private final String name;
        private final int ranking;
        private final T service;
        private int users;

        Provider(String name, int ranking, T service) {
            this.name = name;
            this.ranking = ranking;
            this.service = service;
        }
    }
}
