package org.tidebox.server.tests;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.tidebox.server.ServerProcess;
import org.tidebox.server.ServerStartException;

/** Remembers what a real process would have printed, and does not end. */
final class TestProcess implements ServerProcess {
    final CompletableFuture<String> ready = new CompletableFuture<>();
    final CompletableFuture<ServerStartException> failure = new CompletableFuture<>();
    final CompletableFuture<Void> finished = new CompletableFuture<>();

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

    String awaitReady() throws Exception {
        return ready.get(30, TimeUnit.SECONDS);
    }
}
