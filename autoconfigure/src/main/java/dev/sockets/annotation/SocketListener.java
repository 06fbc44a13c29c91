package dev.sockets.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Calls a method of a bean for each message of an endpoint, before
 * {@link dev.sockets.event.MessageReceivedEvent} is published. Parameters may be, in any
 * order:
 * <ul>
 * <li>the payload, once: given as it is, or converted by the application's
 * {@link org.springframework.core.convert.ConversionService ConversionService} or as the
 * codec would have decoded it when it is of another class; {@code null}, or an empty
 * {@link java.util.Optional Optional}, when the message is null, as with the codec
 * {@code json}</li>
 * <li>the {@link dev.sockets.tcp.Connection Connection} of the message, or, on receivers
 * of datagrams too, the {@link dev.sockets.MessagePeer MessagePeer} whom it came
 * from</li>
 * <li>the {@link dev.sockets.event.MessageReceivedEvent MessageReceivedEvent}, whose
 * payload is converted likewise to its type argument</li>
 * <li>the endpoint, as {@link dev.sockets.tcp.TcpServer TcpServer},
 * {@link dev.sockets.tcp.TcpClient TcpClient},
 * {@link dev.sockets.multicast.MulticastReceiver MulticastReceiver},
 * {@link dev.sockets.udp.UdpReceiver UdpReceiver} or {@link dev.sockets.SocketEndpoint
 * SocketEndpoint}</li>
 * </ul>
 * Where nobody has configured what the codec of a server or receiver decodes to, as by
 * {@code payload-type} for {@code json}, it decodes to the class that its methods take.
 * Methods that take different ones are a failure then.
 *
 * <p>
 * A returned value is the reply; that of a {@link java.util.concurrent.CompletionStage}
 * or {@code Mono} is sent when it is there, and that of an {@link java.util.Optional} if
 * there is one. The codecs {@code text} and {@code bytes} send what it is converted to.
 * {@code null} is no reply, and neither is nothing where the method says that it returns
 * an {@code Optional}; elsewhere, {@code Optional.empty()} is the reply null to codecs
 * that have one.
 *
 * <p>
 * The methods of an endpoint are called one after the other, in the order that
 * {@link org.springframework.core.annotation.Order @Order} on them says. When one throws,
 * those after it are not called. Two of them that return something are a failure, unless
 * both have an {@code @Order}: each message gets the replies of both then.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(ListenerReflectiveProcessor.class)
@Repeatable(SocketListeners.class)
public @interface SocketListener {

	/**
	 * Returns the names of the TCP servers and clients, multicast and UDP receivers whose
	 * messages the method gets. Placeholders are resolved.
	 * @return one name or more
	 */
	String[] value();

	/**
	 * Returns whether the application starts although there are no such endpoints. The
	 * method gets the messages of those that are registered by {@code SocketEndpoints}
	 * while it runs, each time that there is one of that name.
	 * @return whether endpoints may be missing
	 */
	boolean optional() default false;

}
