package org.tidebox.control;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a request that may be made again: where the host ends before it has answered, its successor can be asked. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Asks {
    /** Returns whether the last argument is the longest wait in milliseconds, of which the successor gets the rest. */
    boolean waits() default false;
}
