package org.tidebox.server.http.front;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Problem;
import org.tidebox.wire.Routes;

/**
 * Turns what Jetty refuses by itself, such as malformed or oversized headers, into problems: no pages, no stack traces.
 */
final class ProblemErrorHandler extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = blamed(response.getStatus());
        response.setStatus(status);
        String title = HttpStatus.getMessage(status);
        Problem problem = new Problem("about:blank", title, status, "The request was refused: " + title);
        byte[] body = Codec.write(problem, Routes.PROBLEM);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Routes.PROBLEM);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    /** A version or a coding that nobody speaks is the sender's fault; HTTP counts it among the server's, which operators watch. */
    private static int blamed(int status) {
        return status == HttpStatus.NOT_IMPLEMENTED_501 || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505
                ? HttpStatus.BAD_REQUEST_400
                : status;
    }
}
