package org.tidebox.agent.session;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.tidebox.agent.Agent;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.Home;
import org.tidebox.agent.HomeLockedException;
import org.tidebox.agent.events.AgentEvents;
import org.tidebox.control.Asks;
import org.tidebox.control.ControlClient;
import org.tidebox.control.ControlConnection;
import org.tidebox.control.ControlException;
import org.tidebox.control.ControlFailure;
import org.tidebox.control.ControlName;

/**
 * A face's way to the agent of a home, whichever process that lives in. When the agent ends, the next call finds or makes
 * another one: a request that {@linkplain Asks only asks} goes on there, any other fails, since nobody knows how much of
 * it was done. Thread-safe; calls may overlap.
 */
public final class AgentSession implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    /** So long one that owns the home gets until it can be reached, or has let go of the home. */
    private static final Duration OTHERS_START = Duration.ofSeconds(2);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Home home;
    private final AgentStarter starter;
    private final Agent agent;
    private final AgentEvents events;
    private ControlConnection connection;
    private AgentStarter.Started started;
    private boolean closed;

    private AgentSession(Home home, AgentStarter starter) {
        this.home = home;
        this.starter = starter;
        this.agent = api(Agent.class);
        this.events = api(AgentEvents.class);
    }

    /**
     * Attaches to the agent that owns a home; where there is none, has one started.
     *
     * @throws AgentException if there is none and none can be started, or it cannot be reached
     */
    public static AgentSession open(Home home, AgentStarter starter) throws AgentException, InterruptedException {
        AgentSession session = new AgentSession(home, starter);
        session.connection();
        return session;
    }

    /** Returns the agent; whoever it is at the time of a call. */
    public Agent agent() {
        return agent;
    }

    /** Returns what happens, to be followed. */
    public AgentEvents events() {
        return events;
    }

    /** Returns another interface that is served beside the agent's own. */
    public <T> T api(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, new Calls(type)));
    }

    /** Lets go of the agent. If it was started for this session, it ends, and other sessions find another one. */
    @Override
    public void close() throws InterruptedException {
        ControlConnection open;
        AgentStarter.Started own;
        synchronized (this) {
            closed = true;
            open = connection;
            own = started;
            connection = null;
            started = null;
        }
        if (open != null) {
            open.close();
        }
        if (own != null) {
            own.close();
        }
    }

    private synchronized ControlConnection connection() throws AgentException, InterruptedException {
        if (closed) {
            throw new AgentException("The session is closed");
        }
        if (connection == null || connection.isClosed()) {
            connection = connect();
        }
        return connection;
    }

    /**
     * Another face may start an agent at the same moment, or the owner may just be ending: then the home is in use by
     * one that cannot be reached yet, or any more, and all begins anew.
     */
    private ControlConnection connect() throws AgentException, InterruptedException {
        AgentException failure = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ControlConnection found = attached();
            if (found != null) {
                return found;
            }
            try {
                letGo();
                started = starter.start(home);
            } catch (HomeLockedException e) {
                failure = new AgentException(e.getMessage(), false, e);
                ControlConnection others = awaitAttached();
                if (others != null) {
                    return others;
                }
            }
        }
        throw failure != null
                ? failure
                : new AgentException(
                        "The agent of " + home.root() + " ends as soon as it was started; its log may say why",
                        false);
    }

    private void letGo() throws InterruptedException {
        if (started != null) {
            started.close();
            started = null;
        }
    }

    /** Returns a connection to the owner of the home; {@code null} if there is none. */
    private ControlConnection attached() throws AgentException {
        try {
            return ControlClient.connectTo(home.root());
        } catch (ControlException e) {
            if (e.isNotRunning()) {
                return null;
            }
            throw new AgentException(e.getMessage(), e.isPermanent(), e);
        } catch (IOException e) {
            throw new AgentException("The control socket for " + home.root() + " cannot be used: " + e.getMessage(),
                    true, e);
        }
    }

    private ControlConnection awaitAttached() throws AgentException {
        long end = System.nanoTime() + OTHERS_START.toNanos();
        ControlConnection found = attached();
        while (found == null && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            found = attached();
        }
        return found;
    }

    /** Calls of one interface. */
    private final class Calls implements InvocationHandler {
        private final Class<?> type;
        private final Map<String, Object> facets = new ConcurrentHashMap<>();

        Calls(Class<?> type) {
            this.type = type;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> type.getSimpleName() + " of " + home.root();
                };
            }
            if (method.getParameterCount() == 0 && method.getReturnType().isAnnotationPresent(ControlName.class)) {
                return facets.computeIfAbsent(method.getName(), name -> api(method.getReturnType()));
            }
            method.setAccessible(true);
            Asks asks = method.getAnnotation(Asks.class);
            long begun = System.nanoTime();
            while (true) {
                ControlConnection used = connection();
                try {
                    return method.invoke(used.api(type), asks != null && asks.waits()
                            ? remaining(arguments, begun)
                            : arguments);
                } catch (InvocationTargetException e) {
                    if (!(e.getCause() instanceof ControlFailure broken && broken.isDisconnected())) {
                        throw e.getCause();
                    }
                    if (asks == null) {
                        throw new AgentException("The agent has ended; look whether it was done, and try again", false,
                                broken);
                    }
                    // What has broken here is of no use to others either.
                    used.close();
                }
            }
        }
    }

    private static Object[] remaining(Object[] arguments, long begun) {
        Object[] left = arguments.clone();
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        left[left.length - 1] = Math.max(0, (Long) arguments[arguments.length - 1] - waited);
        return left;
    }
}
