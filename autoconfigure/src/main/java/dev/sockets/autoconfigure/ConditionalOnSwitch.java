package dev.sockets.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Only when a property is true, in any of the forms in which Boolean properties may be
 * written; one that is none of them fails the start.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnSwitchCondition.class)
@interface ConditionalOnSwitch {

	/** Returns the property. */
	String value();

	/** Returns whether it is true when nobody sets it. */
	boolean byDefault() default false;

}
