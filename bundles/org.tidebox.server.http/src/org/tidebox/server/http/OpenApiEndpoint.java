package org.tidebox.server.http;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.InputStream;
import org.osgi.service.component.annotations.Component;
import org.tidebox.wire.Routes;

/** Gives the OpenAPI document of the protocol; needs no token. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + Routes.OPENAPI)
public final class OpenApiEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;

    @Override
    protected void get(ApiExchange exchange) throws IOException {
        exchange.response().setContentType(Routes.JSON);
        try (InputStream document = OpenApiEndpoint.class.getResourceAsStream("openapi.json")) {
            document.transferTo(exchange.response().getOutputStream());
        }
    }
}
