package org.tidebox.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import org.tidebox.tree.VisibleText;

/** The exception of an event: a line for each frame, and one for what it says. */
public final class VisibleThrowable extends ThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return super.throwableProxyToString(Visible.of(thrown));
    }

    /** The same with visible messages. */
    private record Visible(IThrowableProxy thrown) implements IThrowableProxy {
        static IThrowableProxy of(IThrowableProxy thrown) {
            return thrown == null ? null : new Visible(thrown);
        }

        private static String of(String message) {
            return message == null ? null : VisibleText.of(message);
        }

        @Override
        public String getMessage() {
            return of(thrown.getMessage());
        }

        @Override
        public String getOverridingMessage() {
            return of(thrown.getOverridingMessage());
        }

        @Override
        public String getClassName() {
            return thrown.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return thrown.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return thrown.getCommonFrames();
        }

        @Override
        public IThrowableProxy getCause() {
            return of(thrown.getCause());
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            return Arrays.stream(thrown.getSuppressed()).map(Visible::of).toArray(IThrowableProxy[]::new);
        }

        @Override
        public boolean isCyclic() {
            return thrown.isCyclic();
        }
    }
}
