package dev.sockets.registry;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointStatus;
import dev.sockets.SocketEndpoint;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

/**
 * An endpoint for those who only watch it. It may be the mock of a test or written by the
 * application, so what it answers by {@code null} or by an exception is unknown.
 */
public final class WatchedEndpoint {

	private final SocketEndpoint endpoint;

	private final String name;

	/**
	 * Watches an endpoint.
	 * @param endpoint the endpoint
	 * @param otherwise its name unless it says one itself
	 */
	public WatchedEndpoint(SocketEndpoint endpoint, String otherwise) {
		this.endpoint = endpoint;
		this.name = ask(SocketEndpoint::getName).filter((own) -> !own.isBlank()).orElse(otherwise);
	}

	/**
	 * Watches all endpoints.
	 * @param endpoints where they are
	 * @return a snapshot; empty when the registry is a mock
	 */
	public static Collection<WatchedEndpoint> all(SocketEndpoints endpoints) {
		Map<String, SocketEndpoint> named = known(endpoints::byName).orElse(Map.of());
		return named.entrySet().stream().map((entry) -> new WatchedEndpoint(entry.getValue(), entry.getKey())).toList();
	}

	/**
	 * Watches one endpoint.
	 * @param endpoints where it is
	 * @param name its name
	 * @return the endpoint, or empty when there is none
	 */
	public static Optional<WatchedEndpoint> find(SocketEndpoints endpoints, String name) {
		return known(() -> endpoints.get(name)).flatMap(Function.identity())
			.map((endpoint) -> new WatchedEndpoint(endpoint, name));
	}

	/**
	 * Returns an answer.
	 * @param <T> its type
	 * @param question asks for it
	 * @return the answer; empty when it is {@code null} or an exception
	 */
	public static <T> Optional<T> known(Supplier<? extends @Nullable T> question) {
		try {
			return Optional.ofNullable(question.get());
		}
		catch (Throwable ex) {
			return Optional.empty();
		}
	}

	/**
	 * Asks the endpoint.
	 * @param <T> type of the answer
	 * @param question what to ask
	 * @return the answer; empty when it is {@code null} or an exception
	 */
	public <T> Optional<T> ask(Function<SocketEndpoint, ? extends @Nullable T> question) {
		return known(() -> question.apply(this.endpoint));
	}

	/**
	 * Returns the endpoint itself.
	 * @return the endpoint
	 */
	public SocketEndpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * Returns the name.
	 * @return what it is found by
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns what the endpoint is doing now.
	 * @return its status; empty unless it says at least its kind and state
	 */
	public Optional<EndpointStatus> status() {
		return ask(SocketEndpoint::status)
			.filter((status) -> List.of(EndpointKind.values()).contains(status.kind()) && status.state() != null);
	}

	/**
	 * Returns the kind: that of the status, or else of its interface.
	 * @return the kind; {@code null} when it is unknown
	 */
	public @Nullable EndpointKind kind() {
		return status().map(EndpointStatus::kind).orElseGet(this::kindOfType);
	}

	private @Nullable EndpointKind kindOfType() {
		if (this.endpoint instanceof TcpServer) {
			return EndpointKind.TCP_SERVER;
		}
		if (this.endpoint instanceof TcpClient) {
			return EndpointKind.TCP_CLIENT;
		}
		if (this.endpoint instanceof UdpReceiver) {
			return (this.endpoint instanceof MulticastReceiver) ? EndpointKind.MULTICAST_RECEIVER
					: EndpointKind.UDP_RECEIVER;
		}
		if (this.endpoint instanceof MulticastSender) {
			return EndpointKind.MULTICAST_SENDER;
		}
		return (this.endpoint instanceof UdpSender) ? EndpointKind.UDP_SENDER : null;
	}

}
