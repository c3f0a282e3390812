package org.tidebox.fuzz.tests;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.LoggerFactory;

/** Notes what is logged: bad input is no error of the program, and leaves no stack trace. */
final class LogWatch extends AppenderBase<ILoggingEvent> {
    private final AtomicReference<ILoggingEvent> first = new AtomicReference<>();

    private LogWatch() {
    }

    static LogWatch begin() {
        LogWatch watch = new LogWatch();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        watch.setContext(root.getLoggerContext());
        watch.start();
        root.setLevel(Level.INFO);
        root.detachAndStopAllAppenders();
        root.addAppender(watch);
        return watch;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getThrowableProxy() != null || event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            first.compareAndSet(null, event);
        }
    }

    /** Complains of the first thing that was logged since it was asked last. */
    void requireQuiet() {
        ILoggingEvent event = first.getAndSet(null);
        if (event != null) {
            String trace = event.getThrowableProxy() == null
                    ? ""
                    : ThrowableProxyUtil.asString(event.getThrowableProxy());
            throw new AssertionError("the log says: " + event.getFormattedMessage() + "\n" + trace);
        }
    }
}
