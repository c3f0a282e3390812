package org.tidebox.log;

import ch.qos.logback.classic.pattern.ThreadConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.tidebox.tree.VisibleText;

/** The name of the thread of an event. */
public final class VisibleThread extends ThreadConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return VisibleText.of(String.valueOf(super.convert(event)));
    }
}
