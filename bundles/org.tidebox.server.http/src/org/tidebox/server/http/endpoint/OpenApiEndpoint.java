package org.tidebox.server.http.endpoint;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.osgi.service.component.annotations.Component;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.wire.Routes;

/** Gives the OpenAPI document of the protocol; needs no token, so all who ask share the same bytes. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + Routes.OPENAPI)
public final class OpenApiEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;

    @Override
    protected void get(ApiExchange exchange) throws IOException {
        exchange.writeShared(Routes.JSON, Document.BYTES);
    }

    /** Is read when somebody asks for it. */
    private static final class Document {
        private static final byte[] BYTES = read();

        private static byte[] read() {
            try (InputStream document = OpenApiEndpoint.class.getResourceAsStream("openapi.json")) {
                return document.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
