package org.tidebox.control.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tidebox.control.ControlError;

/** What a call ends with instead of a result. */
final class CallException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Map<String, Object> error = new LinkedHashMap<>();

    CallException(String type, String message) {
        super(message);
        error.put("type", type);
        error.put("permanent", true);
        error.put("message", message);
    }

    /** Tells of an exception under the name of the class that the caller knows. */
    static CallException of(String type, Throwable thrown) {
        String message = thrown.getMessage();
        CallException call = new CallException(type,
                message == null ? "it failed (" + thrown.getClass().getSimpleName() + ")" : message);
        if (thrown instanceof ControlError known) {
            call.error.put("permanent", known.isPermanent());
            if (known.facts() != null) {
                call.error.put("reason", known.facts() instanceof Enum<?> constant
                        ? constant.name()
                        : known.facts().getClass().getSimpleName());
                call.error.put("data", Binding.toJson(known.facts()));
            }
        }
        return call;
    }

    /** Returns what travels: type, reason, permanent, message and data. */
    Map<String, Object> error() {
        return error;
    }
}
