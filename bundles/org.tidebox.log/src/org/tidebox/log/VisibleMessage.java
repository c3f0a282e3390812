package org.tidebox.log;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.tidebox.tree.VisibleText;

/** The message of an event, on one line. */
public final class VisibleMessage extends MessageConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return VisibleText.of(String.valueOf(super.convert(event)));
    }
}
