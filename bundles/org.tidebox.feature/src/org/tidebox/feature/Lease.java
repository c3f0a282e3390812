package org.tidebox.feature;

import java.util.concurrent.atomic.AtomicBoolean;

/** A provider for the time of one piece of work. Closing twice does no harm. */
public final class Lease<T> implements AutoCloseable {
    private final T service;
    private final String provider;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(T service, String provider, Runnable release) {
        this.service = service;
        this.provider = provider;
        this.release = release;
    }

    /** Returns the provider's service. */
    public T get() {
        return service;
    }

    /** Returns the provider's name. */
    public String provider() {
        return provider;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
