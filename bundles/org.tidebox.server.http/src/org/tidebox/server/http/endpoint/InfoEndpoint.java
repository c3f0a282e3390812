package org.tidebox.server.http.endpoint;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.wire.Messages.ServerInfo;
import org.tidebox.wire.Routes;

/** Says who answers; needs no token, so that it also serves as a sign of life. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + Routes.INFO)
public final class InfoEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;

    @Override
    protected void get(ApiExchange exchange) throws IOException {
        exchange.write(HttpServletResponse.SC_OK,
                new ServerInfo("tidebox", version(),
                        List.of(Routes.VERSION, Routes.VERSION_PATCHES, Routes.VERSION_COMPRESSION,
                                Routes.VERSION_CONFIRMED)));
    }

    private static String version() {
        Bundle bundle = FrameworkUtil.getBundle(InfoEndpoint.class);
        return bundle == null ? "0" : bundle.getVersion().toString();
    }
}
