package dev.sockets.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Has a method of a bean handle certain messages of an endpoint, in one of two ways.
 *
 * <p>
 * With a {@link #value()}: the messages that have it where the endpoint's
 * {@code route-by} looks. The method is called in place of
 * {@link SocketListener @SocketListener} methods, which get all other messages, and its
 * parameters and returned value are as theirs.
 * {@link dev.sockets.event.MessageReceivedEvent} is published for each message.
 *
 * <p>
 * With an {@link #opcode()} or {@link #name()}: the requests with that opcode, on all
 * connections of an endpoint with {@code rpc}. Positional arguments are spread over the
 * parameters, named ones go to the parameters of their name. Parameters may be:
 * <ul>
 * <li>an argument: given as it is, or converted by the application's
 * {@link org.springframework.core.convert.ConversionService ConversionService} or as the
 * codec would have decoded it. It may be left out when the parameter is an
 * {@code Optional}, or is marked as nullable</li>
 * <li>a {@code Map} that no positional argument is left for: the named arguments that no
 * other parameter takes</li>
 * <li>an array for a variable number of arguments: the positional ones that are left</li>
 * <li>the {@link dev.sockets.tcp.Connection Connection} of the request, its
 * {@link dev.sockets.rpc.RpcPeer RpcPeer}, the {@link dev.sockets.rpc.RpcRequest
 * RpcRequest} itself</li>
 * <li>the endpoint, as {@link dev.sockets.tcp.TcpServer TcpServer},
 * {@link dev.sockets.tcp.TcpClient TcpClient} or {@link dev.sockets.SocketEndpoint
 * SocketEndpoint}</li>
 * </ul>
 * The returned value is the result; that of a
 * {@link java.util.concurrent.CompletionStage} or {@code Mono} when it is there,
 * {@code null} and nothing as None. What is thrown travels back as an error, and as a
 * TypeError when the arguments don't fit. Called on the threads that
 * {@link dev.sockets.rpc.RpcHandler RpcHandler} says.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(ListenerReflectiveProcessor.class)
public @interface SocketMapping {

	/**
	 * Returns the names of the TCP servers and clients, with a {@link #value()} also of
	 * multicast and UDP receivers. Placeholders are resolved.
	 * @return one name or more
	 */
	String[] endpoint();

	/**
	 * Returns the values of the messages; a byte as 0 to 255, or 0x00 to 0xFF. One value
	 * of an endpoint has one method. Placeholders are resolved.
	 * @return none or more
	 */
	String[] value() default {};

	/**
	 * Returns the opcodes that are numbers.
	 * @return none or more
	 */
	long[] opcode() default {};

	/**
	 * Returns the opcodes that are texts. Placeholders are resolved.
	 * @return none or more
	 */
	String[] name() default {};

}
