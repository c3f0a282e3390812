package org.tidebox.control;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names an interface on a control socket. A method of a served interface that takes nothing and returns an interface
 * with a name is a facet: that interface is served along with it, and the method is no request of its own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ControlName {
    /** Returns the name, without dots. */
    String value();
}
