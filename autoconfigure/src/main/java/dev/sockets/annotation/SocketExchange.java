package dev.sockets.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an interface a client: calls of its methods go out as messages of a
 * {@link dev.sockets.tcp.TcpClient TcpClient}. A method with an {@link Opcode} executes
 * what is bound to that at the peer. Any other has one parameter, the payload, and its
 * return type says what it does:
 * <ul>
 * <li>{@code void} sends the payload and waits until the socket has taken it</li>
 * <li>{@code CompletableFuture<Void>} sends it without waiting</li>
 * <li>{@code CompletableFuture} or {@code CompletionStage} of another class sends it and
 * is completed with the answer</li>
 * <li>any other class sends it and waits for the answer</li>
 * </ul>
 * An answer of another class is converted by the application's
 * {@link org.springframework.core.convert.ConversionService ConversionService}. Failures
 * are those of {@link dev.sockets.tcp.TcpClient#request(Object, java.time.Duration)
 * TcpClient.request}, and {@code CODEC_FAILED} when an answer cannot be converted.
 * Default methods are left as they are.
 *
 * @see EnableSocketExchanges
 * @see SocketExchangeProxyFactory
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface SocketExchange {

	/**
	 * Returns the name of the TCP client; on the interface only. Placeholders are
	 * resolved.
	 * @return the name
	 */
	String value() default "";

	/**
	 * Returns how long an answer may take, such as {@code 2s}: on the interface for all
	 * methods that have an answer, or on one of them. Placeholders are resolved.
	 * @return a duration; empty for the client's {@code request-timeout}
	 */
	String timeout() default "";

}
