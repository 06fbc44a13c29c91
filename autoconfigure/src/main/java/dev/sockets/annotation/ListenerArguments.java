package dev.sockets.annotation;

import java.lang.reflect.Method;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;

import dev.sockets.MessagePeer;
import dev.sockets.Payloads;
import dev.sockets.SocketEndpoint;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;
import dev.sockets.udp.UdpReceiver;

/**
 * Makes the arguments of a listener method for the messages of one endpoint.
 */
final class ListenerArguments {

	/** Makes one argument. */
	private interface Resolver {

		@Nullable Object resolve(MessagePeer peer, Object payload);

	}

	private static final Clock clock = Clock.systemUTC();

	private final SocketEndpoint endpoint;

	private final ConversionService conversionService;

	private final Payloads payloads;

	private final String user;

	/** What the codec is to decode to. */
	private final List<ResolvableType> wanted = new ArrayList<>();

	private final Resolver[] resolvers;

	private boolean hasPayload;

	/**
	 * Prepares the arguments.
	 * @param method the method
	 * @param type the class of its bean
	 * @param endpoint the endpoint
	 * @param conversionService converts payloads
	 * @throws IllegalArgumentException when a parameter can't have an argument
	 */
	ListenerArguments(Method method, Class<?> type, SocketEndpoint endpoint, ConversionService conversionService) {
		this.endpoint = endpoint;
		this.conversionService = conversionService;
		this.payloads = EndpointBeans.payloads(endpoint);
		this.user = Signatures.of(method);
		this.resolvers = new Resolver[method.getParameterCount()];
		for (int i = 0; i < this.resolvers.length; i++) {
			this.resolvers[i] = resolver(method, i, ResolvableType.forMethodParameter(method, i, type));
		}
	}

	/**
	 * Makes the arguments for a message.
	 * @param peer whom it came from
	 * @param payload its payload
	 * @return the arguments
	 */
	@Nullable Object[] resolve(MessagePeer peer, Object payload) {
		@Nullable Object[] arguments = new Object[this.resolvers.length];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = this.resolvers[i].resolve(peer, payload);
		}
		return arguments;
	}

	private Resolver resolver(Method method, int index, ResolvableType type) {
		Class<?> rawType = type.resolve(Object.class);
		if (rawType == MessagePeer.class || (rawType == Connection.class && !hasDatagrams())) {
			return (peer, payload) -> peer;
		}
		if (rawType == MessageReceivedEvent.class) {
			PayloadConverter converter = converter(type.getGeneric());
			boolean takesNoValue = type.getGeneric().resolve(Object.class).isInstance(Optional.empty());
			return (peer, payload) -> event(peer,
					(takesNoValue && Optional.empty().equals(payload)) ? payload : converter.convert(payload));
		}
		if (SocketEndpoint.class.isAssignableFrom(rawType) && rawType.isInstance(this.endpoint)) {
			return (peer, payload) -> this.endpoint;
		}
		if (rawType == Connection.class || SocketEndpoint.class.isAssignableFrom(rawType)
				|| ApplicationEvent.class.isAssignableFrom(rawType) || this.hasPayload) {
			throw unsupported(method, index, type);
		}
		this.hasPayload = true;
		PayloadConverter converter = converter(type);
		return (peer, payload) -> converter.convert(payload);
	}

	private PayloadConverter converter(ResolvableType type) {
		ResolvableType payload = PayloadTypes.payload(type);
		if (!PayloadTypes.isPlain(payload)) {
			this.payloads.expectConversion(payload);
		}
		Stream.ofNullable(PayloadTypes.wanted(type, this.conversionService)).forEach(this.wanted::add);
		return new PayloadConverter(type, this.user, this.conversionService, this.payloads);
	}

	/**
	 * Returns what messages are to be decoded to, as far as the parameters say it.
	 */
	List<ResolvableType> wanted() {
		return this.wanted;
	}

	private MessageReceivedEvent<?> event(MessagePeer peer, @Nullable Object payload) {
		if (payload == null) {
			throw new IllegalArgumentException("The payload of an event for " + this.user + " was converted to null");
		}
		return new MessageReceivedEvent<>(this.endpoint, peer, payload, clock);
	}

	private IllegalArgumentException unsupported(Method method, int index, ResolvableType type) {
		return new IllegalArgumentException(
				("there is no argument for its parameter '%s' of type %s; allowed are one parameter for the payload, "
						+ "and %s, MessageReceivedEvent, SocketEndpoint and, as '%s' is one, %s")
					.formatted(method.getParameters()[index].getName(), type,
							hasDatagrams() ? "MessagePeer" : "Connection", this.endpoint.getName(), own()));
	}

	private boolean hasDatagrams() {
		return this.endpoint instanceof UdpReceiver;
	}

	private String own() {
		if (hasDatagrams()) {
			return (this.endpoint instanceof MulticastReceiver) ? "MulticastReceiver" : "UdpReceiver";
		}
		return (this.endpoint instanceof TcpServer) ? "TcpServer" : "TcpClient";
	}

}
