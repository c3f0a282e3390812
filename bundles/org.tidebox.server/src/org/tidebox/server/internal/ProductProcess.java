package org.tidebox.server.internal;

import org.tidebox.server.data.ServerProcess;
import org.tidebox.server.data.ServerStartException;
import org.tidebox.tree.VisibleText;

/** The process of the product: standard output, error output, and exit code. */
final class ProductProcess implements ServerProcess {
    @Override
    public void ready(String line) {
        System.out.println(VisibleText.of(line));
        System.out.flush();
    }

    @Override
    public void failed(ServerStartException reason) {
        System.err.println(VisibleText.of("tidebox server: " + reason.getMessage()));
        exit(reason.getExitCode());
    }

    @Override
    public void finished() {
        exit(0);
    }

    /** On a thread of its own: who calls may hold locks that the components need to stop. */
    private static void exit(int code) {
        Thread.ofPlatform().daemon().name("tidebox-exit").start(() -> System.exit(code));
    }
}
