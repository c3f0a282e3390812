package org.tidebox.server.tests;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.tidebox.server.tests.FaultCounter.When;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.Journal.JournalWork;
import org.tidebox.storage.journal.JournalTransaction;

/**
 * Stores of which one call fails. What it does not do: a call that does half of its work; {@link DeepFaults} sees to
 * that.
 */
public final class Faults {
    private static final String STORAGE = StorageException.class.getPackageName();

    private final FaultCounter counter;

    public Faults(FaultCounter counter) {
        this.counter = counter;
    }

    /** Returns the real stores, which fail as this says. */
    public TestStorage storage() {
        return TestStorage.behind(this::wrap);
    }

    private boolean isDue(Method method, When point) {
        return counter.isDue(method.getDeclaringClass().getSimpleName() + "." + method.getName(), point);
    }

    private <T> T wrap(Class<T> api, T target) {
        return api.cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[]{api},
                (proxy, method, arguments) -> call(target, method, arguments == null ? new Object[0] : arguments)));
    }

    private Object call(Object target, Method method, Object... arguments) throws Throwable {
        boolean counts = Arrays.asList(method.getExceptionTypes()).contains(StorageException.class);
        if (counts && isDue(method, When.BEFORE)) {
            throw new StorageException("failed on purpose before " + method.getName(), false, null);
        }
        if (arguments.length > 1 && arguments[1] instanceof JournalWork<?> work) {
            arguments[1] = (JournalWork<?>) transaction -> work.run(wrap(JournalTransaction.class, transaction));
        }
        Object result;
        try {
            result = method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (counts && isDue(method, When.AFTER)) {
            throw new StorageException("failed on purpose after " + method.getName(), false, null);
        }
        boolean isPart = !counts && method.getReturnType().isInterface()
                && method.getReturnType().getPackageName().startsWith(STORAGE);
        return isPart ? wrapAny(method.getReturnType(), result) : result;
    }

    @SuppressWarnings("unchecked")
    private Object wrapAny(Class<?> api, Object target) {
        return wrap((Class<Object>) api, target);
    }
}
