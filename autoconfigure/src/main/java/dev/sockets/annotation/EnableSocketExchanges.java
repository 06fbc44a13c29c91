package dev.sockets.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;

/**
 * Makes {@link SocketExchange} interfaces beans: those in the package of the annotated
 * class and below, unless others are named. An interface's bean name is its class name.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import(SocketExchangeRegistrar.class)
public @interface EnableSocketExchanges {

	/**
	 * Returns the packages to look through; the same as {@link #basePackages()}.
	 * @return names of packages
	 */
	@AliasFor("basePackages")
	String[] value() default {};

	/**
	 * Returns the packages to look through. Placeholders are resolved.
	 * @return names of packages
	 */
	@AliasFor("value")
	String[] basePackages() default {};

	/**
	 * Returns classes whose packages to look through.
	 * @return the classes
	 */
	Class<?>[] basePackageClasses() default {};

	/**
	 * Returns interfaces, wherever they are.
	 * @return the interfaces
	 */
	Class<?>[] clients() default {};

}
