package org.tidebox.control.internal;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlConnection;
import org.tidebox.control.ControlFailure;

/** The calling end: turns method calls into requests, and answers into results. */
public final class Caller implements ControlConnection {
    private final LineChannel lines;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, CompletableFuture<Map<?, ?>>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Takes over a channel. */
    public Caller(LineChannel lines) {
        this.lines = lines;
    }

    /** Starts to take answers in. */
    public void start() {
        // A platform thread: a short-lived command would pay more for the first virtual one.
        Thread.ofPlatform().daemon().name("tidebox-control").start(this::readAnswers);
    }

    @Override
    public <T> T api(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, new Api(type)));
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        try {
            lines.close();
        } catch (IOException e) {
            // It is of no use any more either way.
            closed = true;
        }
        waiting.values().forEach(answer -> answer.completeExceptionally(disconnected(null)));
    }

    /** One interface. */
    private final class Api implements InvocationHandler {
        private final String name;
        private final Class<?> type;
        private final Map<String, Object> facets = new ConcurrentHashMap<>();

        Api(Class<?> type) {
            this.type = type;
            this.name = ControlApi.nameOf(type);
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> type.getSimpleName() + " over a control socket";
                };
            }
            if (ApiMethod.isFacet(method)) {
                return facets.computeIfAbsent(method.getName(), key -> api(method.getReturnType()));
            }
            return call(name + "." + method.getName(), method, arguments == null ? new Object[0] : arguments);
        }
    }

    private Object call(String name, Method method, Object... arguments) throws Throwable {
        long id = ids.incrementAndGet();
        CompletableFuture<Map<?, ?>> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        try {
            send(id, name, arguments);
            return result(method, answer.get());
        } catch (ExecutionException e) {
            throw e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlFailure("Interrupted", "interrupted while waiting for an answer", false, e);
        } finally {
            waiting.remove(id);
        }
    }

    private void send(long id, String method, Object[] arguments) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("id", id);
        request.put("method", method);
        request.put("arguments", Binding.toJson(Arrays.asList(arguments)));
        byte[] line = JsonText.print(request);
        try {
            lines.writeLine(line);
        } catch (IOException e) {
            throw disconnected(e);
        }
        if (closed) {
            throw disconnected(null);
        }
    }

    private static Object result(Method method, Map<?, ?> answer) throws Throwable {
        if (answer.get("error") instanceof Map<?, ?> error) {
            throw Thrown.of(method, error);
        }
        return Binding.fromJson(answer.get("result"), method.getGenericReturnType());
    }

    private void readAnswers() {
        try {
            for (byte[] line = lines.readLine(); line != null; line = lines.readLine()) {
                if (JsonText.parse(line) instanceof Map<?, ?> answer && answer.get("id") instanceof Number id) {
                    CompletableFuture<Map<?, ?>> waiter = waiting.get(id.longValue());
                    if (waiter != null) {
                        waiter.complete(answer);
                    }
                }
            }
        } catch (IOException | LineChannel.LineTooLongException | IllegalArgumentException e) {
            // Nothing that comes now can be believed; those who wait learn it below.
            waiting.values().forEach(answer -> answer.completeExceptionally(disconnected(e)));
        } finally {
            close();
        }
    }

    private ControlFailure disconnected(Exception cause) {
        return new ControlFailure(ControlFailure.DISCONNECTED, "The connection has ended", false, cause);
    }
}
