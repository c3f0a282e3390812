package org.tidebox.agent.internal.host;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.osgi.service.environment.EnvironmentInfo;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.agent.Agent;
import org.tidebox.agent.Home;
import org.tidebox.agent.HomeLockedException;
import org.tidebox.agent.Platform;
import org.tidebox.feature.ProcessGuard;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.tree.VisibleText;

/**
 * The main of a process that is an agent and nothing else, if its command line says so ({@code agent --home DIR}): prints {@code ready} when
 * it works, and one line on the error stream, with exit code 1, when it cannot. Only this class ends the process.
 */
@Component(service = AgentHost.class, immediate = true)
public final class AgentHost implements FrameworkListener {
    /** What {@code AgentProcesses} of the command line waits for. */
    private static final String TAKEN = "taken";
    private static final String PRODUCT = "tidebox.product";
    private static final Duration LONGEST_END = Duration.ofSeconds(9);

    private final BundleContext context;
    private final LocalAgents agents;
    private final Optional<AgentArguments> arguments;
    private final AtomicReference<AgentProcess> process = new AtomicReference<>();
    private final Thread hook = new Thread(this::close, "agent-shutdown");
    private boolean begun;

    /** Begins once the framework has started everything, so that all providers are there. */
    @Activate
    public AgentHost(BundleContext context, @Reference EnvironmentInfo environment, @Reference LocalAgents agents) {
        this.context = context;
        this.agents = agents;
        this.arguments = parse(environment.getNonFrameworkArgs());
        if (arguments.isPresent()) {
            ProcessGuard.install(LONGEST_END);
            Runtime.getRuntime().addShutdownHook(hook);
            context.addFrameworkListener(this);
            if (context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.ACTIVE) {
                begin();
            }
        }
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTED) {
            begin();
        }
    }

    /** Lets go of the home. */
    @Deactivate
    public void deactivate() {
        context.removeFrameworkListener(this);
        close();
    }

    private synchronized void begin() {
        if (!begun) {
            begun = true;
            Thread.ofPlatform().name("agent-start").start(this::run);
        }
    }

    private void run() {
        try {
            AgentArguments wanted = arguments.orElseThrow();
            Path program = System.getProperty(PRODUCT) == null ? null : Path.of(System.getProperty(PRODUCT));
            Home home = Home.locate(wanted.home(), program, System.getenv(), Platform.current());
            AgentProcess opened = agents.open(home, wanted.ending(), AgentHost::endProcess);
            process.set(opened);
            context.registerService(Agent.class, opened.agent(), new Hashtable<>());
            say(System.out, "ready");
        } catch (HomeLockedException e) {
            if (arguments.orElseThrow().ending()) {
                // The command that has started this process uses the owner of the home instead.
                say(System.out, TAKEN);
            }
            fail(e.getMessage());
        } catch (TreeStoreException | IOException | RuntimeException | Error e) {
            // Also after an error somebody waits to hear whether it works.
            fail(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void close() {
        AgentProcess running = process.getAndSet(null);
        if (running != null) {
            running.close();
        }
    }

    private static Optional<AgentArguments> parse(String... words) {
        try {
            return AgentArguments.parse(Arrays.asList(words));
        } catch (IllegalArgumentException e) {
            fail(e.getMessage());
            return Optional.empty();
        }
    }

    private static void fail(String message) {
        say(System.err, "tidebox: " + message);
        Thread.ofPlatform().start(() -> System.exit(1));
    }

    /** Ends the process from a thread of its own, since the one that asks may have to be waited for. */
    private static void endProcess() {
        Thread.ofPlatform().name("agent-end").start(() -> System.exit(0));
    }

    /** The standard streams are what the contract of the command line names; they are no log. */
    private static void say(PrintStream stream, String line) {
        stream.println(VisibleText.of(line));
        stream.flush();
    }
}
