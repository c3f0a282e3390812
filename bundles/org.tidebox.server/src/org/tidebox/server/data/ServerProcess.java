package org.tidebox.server.data;

import org.osgi.annotation.versioning.ConsumerType;

/** The process around a server. A service: the command line makes it in the product, tests make their own. */
@ConsumerType
public interface ServerProcess {
    /** Tells whoever started the process that it now works; one line on the standard output. */
    void ready(String line);

    /** Ends the process because it cannot do its work; one line on the error output. */
    void failed(ServerStartException reason);

    /** Ends the process because its work is done. */
    void finished();
}
