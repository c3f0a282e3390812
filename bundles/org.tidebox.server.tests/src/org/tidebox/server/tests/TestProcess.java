package org.tidebox.server.tests;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.tidebox.server.data.ServerProcess;
import org.tidebox.server.data.ServerStartException;

/** Remembers what a real process would have printed, and does not end. */
public final class TestProcess implements ServerProcess {
    public final CompletableFuture<String> ready = new CompletableFuture<>();
    public final CompletableFuture<ServerStartException> failure = new CompletableFuture<>();
    public final CompletableFuture<Void> finished = new CompletableFuture<>();

    @Override
    public void ready(String line) {
        if (!ready.complete(line)) {
            throw new IllegalStateException("said that it is ready a second time: " + line);
        }
    }

    @Override
    public void failed(ServerStartException reason) {
        failure.complete(reason);
        ready.completeExceptionally(reason);
    }

    @Override
    public void finished() {
        finished.complete(null);
    }

    public String awaitReady() throws Exception {
        return ready.get(30, TimeUnit.SECONDS);
    }
}
