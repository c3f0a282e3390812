package org.tidebox.control.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.control.ControlApi;

/**
 * Answers requests by calling targets. A request is {@code {"id":1,"method":"folders.list","arguments":[…]}}, an answer
 * {@code {"id":1,"result":…}} or {@code {"id":1,"error":{"type":"…","reason":"…","permanent":true,"message":"…",
 * "data":…}}}.
 */
public final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final Map<String, Map<String, ApiMethod>> apis = new ConcurrentHashMap<>();

    /**
     * Serves an interface with its facets from now on.
     *
     * @throws IllegalArgumentException if it has no name, overloads a method, or its name is taken
     */
    public synchronized void serve(ControlApi<?> api) {
        Map<String, Map<String, ApiMethod>> found = new HashMap<>();
        collect(api.type(), api.target(), found);
        for (String name : found.keySet()) {
            if (apis.containsKey(name)) {
                throw new IllegalArgumentException("there is an interface '" + name + "' already");
            }
        }
        apis.putAll(found);
    }

    /** Serves an interface with its facets no longer. */
    public synchronized void withdraw(ControlApi<?> api) {
        apis.remove(ControlApi.nameOf(api.type()));
        for (Method method : api.type().getMethods()) {
            if (ApiMethod.isFacet(method)) {
                apis.remove(ControlApi.nameOf(method.getReturnType()));
            }
        }
    }

    private static void collect(Class<?> type, Object target, Map<String, Map<String, ApiMethod>> found) {
        Map<String, ApiMethod> methods = new HashMap<>();
        found.put(ControlApi.nameOf(type), methods);
        for (Method method : type.getMethods()) {
            method.setAccessible(true);
            if (ApiMethod.isFacet(method)) {
                collect(method.getReturnType(), facet(method, target), found);
            } else if (methods.put(method.getName(), new ApiMethod(method, target)) != null) {
                throw new IllegalArgumentException(type.getName() + " has several methods " + method.getName());
            }
        }
    }

    private static Object facet(Method method, Object target) {
        try {
            return method.invoke(target);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException("there is no facet " + method.getName(), e);
        }
    }

    /** Answers a line with a line. */
    public byte[] answer(byte[] line) {
        Object id = null;
        try {
            if (!(JsonText.parse(line) instanceof Map<?, ?> request)) {
                throw new IllegalArgumentException("a request is a JSON object");
            }
            id = request.get("id");
            return JsonText.print(
                    message(id, "result",
                            method(String.valueOf(request.get("method"))).call(request.get("arguments"))));
        } catch (IllegalArgumentException e) {
            return error(id, "BadRequest", e.getMessage());
        } catch (CallException e) {
            return JsonText.print(message(id, "error", e.error()));
        } catch (RuntimeException | Error e) {
            LOG.error("A request could not be answered", e);
            return JsonText.print(message(id, "error", CallException.of(e.getClass().getSimpleName(), e).error()));
        }
    }

    /** Makes an error answer to what is no request; the id may be {@code null} where it is not known. */
    public static byte[] error(Object id, String type, String message) {
        return JsonText.print(message(id, "error", new CallException(type, message).error()));
    }

    private ApiMethod method(String name) throws CallException {
        int dot = name.indexOf('.');
        Map<String, ApiMethod> api = dot < 0 ? null : apis.get(name.substring(0, dot));
        ApiMethod method = api == null ? null : api.get(name.substring(dot + 1));
        if (method == null) {
            throw new CallException("UnknownMethod",
                    "there is no method '" + name + "' here; are both sides of the same version?");
        }
        return method;
    }

    private static Map<String, Object> message(Object id, String name, Object value) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put(name, value);
        return message;
    }
}
