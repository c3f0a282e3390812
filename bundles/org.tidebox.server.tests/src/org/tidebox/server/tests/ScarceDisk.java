package org.tidebox.server.tests;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The real stores on a disk that has as much room as a test says. */
public final class ScarceDisk {
    /** Bytes that are left. */
    public volatile long room = Long.MAX_VALUE;
    /** What happens right before the packs are appended to. */
    public volatile Runnable beforeAppend = () -> {
    };

    public TestStorage storage() {
        return TestStorage.behind(this::on);
    }

    private <T> T on(Class<T> api, T store) {
        return api
                .cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[]{api}, (proxy, method, arguments) -> {
                    if (method.getName().equals("room")) {
                        return room;
                    }
                    if (method.getName().equals("append")) {
                        beforeAppend.run();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
