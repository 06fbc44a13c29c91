package dev.sockets.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a {@link SocketExchange} interface execute something by its opcode.
 * The arguments of a call go out as they are, the last one may be
 * {@link dev.sockets.rpc.Kwargs Kwargs}. The return type says what the result is
 * converted to; a {@code CompletableFuture} or {@code CompletionStage} is completed with
 * it, an {@code Optional} is empty for None, and {@code void} waits for it too, so that
 * errors are thrown.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Opcode {

	/**
	 * Returns the opcode, when it is a number.
	 * @return one number, or none
	 */
	long[] value() default {};

	/**
	 * Returns the opcode, when it is a text.
	 * @return the text; empty when it is none
	 */
	String name() default "";

	/**
	 * Returns whether nobody wants to know the result; for {@code void} only.
	 * @return whether the method returns as soon as the request is sent
	 */
	boolean tell() default false;

}
