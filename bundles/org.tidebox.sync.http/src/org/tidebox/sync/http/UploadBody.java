package org.tidebox.sync.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.tidebox.remote.RemoteException;
import org.tidebox.wire.Messages.Libraries;
import org.tidebox.wire.Routes;

/**
 * The body of an upload. A short one is kept until it is whole, and travels with all else over HTTP/2; one that turns
 * out to be long goes over a connection of its own while it is written.
 */
final class UploadBody extends OutputStream {
    private static final int UNAUTHORIZED = 401;

    private final Requests requests;
    private final String route;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private BulkExchange exchange;
    private OutputStream out = kept;

    UploadBody(Requests requests, String route) {
        this.requests = requests;
        this.route = route;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (exchange == null && kept.size() + length > Requests.BULK) {
            exchange = requests.bulk(route, Routes.FRAMES);
            out = exchange.send();
            kept.writeTo(out);
            kept.reset();
        }
        out.write(bytes, offset, length);
    }

    /** Says that the body is whole, and waits for a good answer. */
    Answer answer() throws IOException, RemoteException {
        if (exchange == null) {
            return requests.open(requests.postOf(route, kept.toByteArray(), Routes.FRAMES), false);
        }
        out.close();
        Answer answer = exchange.answer();
        if (answer.status() == UNAUTHORIZED) {
            // What the server says is lost (see BulkExchange), but it says the same to a question.
            requests.get(Routes.LIBRARIES, Libraries.class);
        }
        return requests.good(answer);
    }

    /** Gives the body up where it is not whole. */
    @Override
    public void close() {
        if (exchange != null) {
            exchange.close();
        }
    }
}
