package org.tidebox.wire.internal;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import org.tidebox.tree.BadNameException;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.WireException;

/** Says in Tidebox's words what the parser did not like. */
public final class Complaint {
    private static final int MAX_SHOWN = 160;

    private Complaint() {
    }

    /** Makes the exception to throw. */
    public static WireException about(Class<?> expected, Exception failure) {
        String what = "cannot read a " + expected.getSimpleName() + ": ";
        String place = failure instanceof JsonMappingException mapping ? placeOf(mapping) : "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getCause() instanceof BadNameException badName) {
                return new WireException(ProblemType.BAD_NAME, badName.getMessage(), failure);
            }
            if (cause instanceof BoundedListReader.TooManyException tooMany) {
                return tooMany.toWire();
            }
            if (cause instanceof StreamConstraintsException) {
                return new WireException(what + "it nests too deep or holds too long a text or number", failure);
            }
            if (cause instanceof InputCoercionException) {
                return new WireException(what + place + "a number is out of range", failure);
            }
            if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
                return new WireException(what + place + shorten(cause.getMessage()), failure);
            }
        }
        return new WireException(what + reasonOf(failure, place), failure);
    }

    private static String reasonOf(Exception failure, String place) {
        if (failure instanceof UnrecognizedPropertyException) {
            return place + "there is no such field";
        }
        if (failure instanceof JsonMappingException) {
            return place.isEmpty() ? "something else came" : place + "the value is missing or of another type";
        }
        JsonLocation at = failure instanceof JsonProcessingException parsing ? parsing.getLocation() : null;
        return "it is cut short or malformed" + (at == null
                ? ""
                : at.getLineNr() > 0
                        ? " at line " + at.getLineNr() + ", column " + at.getColumnNr()
                        : " at byte " + at.getByteOffset());
    }

    private static String placeOf(JsonMappingException failure) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "" : "at " + shorten(path.toString()) + ": ";
    }

    private static String shorten(String text) {
        String shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
