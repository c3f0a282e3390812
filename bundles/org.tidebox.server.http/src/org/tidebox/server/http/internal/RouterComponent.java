package org.tidebox.server.http.internal;

import jakarta.servlet.Servlet;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.Router;

/** Tracks the servlets that come and go. */
@Component(service = Router.class)
public final class RouterComponent extends Router {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RouterComponent.class);

    /** Adds a servlet, unless its properties do not say where it belongs. Called by the component runtime. */
    @Reference(service = Servlet.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY, unbind = "unbindServlet")
    public void bindServlet(Servlet servlet, ServiceReference<Servlet> reference) {
        if (reference.getProperty(ApiEndpoint.PATH) instanceof String path && path.startsWith("/")) {
            int ranking = reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer number ? number : 0;
            add(path, ranking, servlet);
        } else {
            LOG.warn("Bundle {} offers a servlet whose property '{}' is {}, expected a path; it is not used",
                    reference.getBundle().getSymbolicName(), ApiEndpoint.PATH, reference.getProperty(ApiEndpoint.PATH));
        }
    }

    /** Removes a servlet. Called by the component runtime. */
    public void unbindServlet(Servlet servlet) {
        remove(servlet);
    }
}
