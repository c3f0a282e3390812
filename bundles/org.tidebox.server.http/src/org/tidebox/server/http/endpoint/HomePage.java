package org.tidebox.server.http.endpoint;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Component;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.server.http.ApiPaths;

/** Tells people who come with a browser what this is. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + ApiPaths.HOME)
public final class HomePage extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private static final byte[] PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Tidebox server</title>
            <h1>Tidebox server</h1>
            <p>This server keeps folders the same on all devices of a person. Connect a device with
            <code>tidebox join CODE</code>,
            or see the <a href="/api/v1/openapi.json">description of its interface</a>.</p>
            </html>
            """.getBytes(StandardCharsets.UTF_8);

    @Override
    protected void get(ApiExchange exchange) throws IOException {
        exchange.response().setHeader("Content-Security-Policy", "default-src 'none'");
        exchange.writeShared("text/html; charset=utf-8", PAGE);
    }
}
