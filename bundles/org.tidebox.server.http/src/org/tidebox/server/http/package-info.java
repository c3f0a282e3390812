/**
 * The server's face for devices: HTTP/2 over TLS. Endpoints are servlets, found as services by the property {@link
 * org.tidebox.server.http.ApiEndpoint#PATH}, so that one can come and go while others serve. What requests do lives in
 * {@code org.tidebox.server}; what travels is defined in {@code org.tidebox.wire}. What connections and requests may take
 * of the server is counted in {@code Peers}, by the limits of {@link org.tidebox.server.http.front.FrontLimits}.
 */
@Version("1.0.0")
package org.tidebox.server.http;

import org.osgi.annotation.versioning.Version;
