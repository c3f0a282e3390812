package org.tidebox.server.internal;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.eclipse.osgi.service.environment.EnvironmentInfo;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.feature.ProcessGuard;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.ServerProcess;
import org.tidebox.server.data.ServerStartException;
import org.tidebox.tree.VisibleText;

/**
 * Reads the command line that the framework was started with. Where it is one for a server, the server's location and
 * the process itself become services, and everything else follows. Otherwise, as in tests, nothing happens.
 */
@Component(service = {}, immediate = true)
public final class CommandLine {
    private static final long STOP_MILLIS = 8_000;
    private static final Duration LONGEST_END = Duration.ofSeconds(9);

    /** Makes this process a server if the command line says so. */
    @Activate
    public CommandLine(BundleContext context, @Reference EnvironmentInfo environment) {
        List<String> arguments = Arrays.asList(environment.getNonFrameworkArgs());
        if (ServerLocation.isMeantBy(arguments)) {
            serve(context, arguments);
        }
    }

    private static void serve(BundleContext context, List<String> arguments) {
        ProductProcess process = new ProductProcess();
        Framework framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(Framework.class);
        ProcessGuard.install(LONGEST_END);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(framework), "tidebox-stop"));
        try {
            ServerLocation location = ServerLocation.parse(arguments);
            context.registerService(ServerProcess.class, process, null);
            context.registerService(ServerLocation.class, location, null);
        } catch (ServerStartException e) {
            process.failed(e);
        }
    }

    /** The virtual machine ends with or without us; this lets requests finish and closes the stores before. */
    private static void stop(Framework framework) {
        try {
            framework.stop();
            framework.waitForStop(STOP_MILLIS);
        } catch (BundleException e) {
            System.err.println(VisibleText.of("tidebox server: did not stop cleanly: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
