package dev.sockets.actuate;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import dev.sockets.SocketEndpoint;
import dev.sockets.SocketOperationException;
import dev.sockets.loop.LoopEngine;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.registry.WatchedEndpoint;
import dev.sockets.runtime.backplane.BackplaneWatch;
import dev.sockets.runtime.trace.TracedEndpoint;
import dev.sockets.runtime.trace.WireTrace;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

/**
 * Shows all endpoints and their connections, and lets an operator start, stop, pause,
 * resume, disconnect and trace them. Never creates one.
 */
@Endpoint(id = "sockets")
public class SocketsEndpoint {

	/** Most connections of an endpoint that are shown. */
	public static final int MOST_CONNECTIONS = 1000;

	private final SocketEndpoints endpoints;

	private final LoopEngine engine;

	private final UserData userData;

	private final Show showValues;

	private final @Nullable BackplaneWatch backplane;

	/**
	 * Creates the endpoint.
	 * @param endpoints what is shown
	 * @param engine what event loops get their sockets from
	 * @param sanitizingFunctions mask user data
	 * @param showValues when user data are shown at all
	 * @param backplane what leads to other nodes; {@code null} when nothing does
	 */
	public SocketsEndpoint(SocketEndpoints endpoints, LoopEngine engine,
			Iterable<SanitizingFunction> sanitizingFunctions, Show showValues, @Nullable BackplaneWatch backplane) {
		this.endpoints = endpoints;
		this.engine = engine;
		this.userData = new UserData(sanitizingFunctions);
		this.showValues = showValues;
		this.backplane = backplane;
	}

	/**
	 * Returns all endpoints.
	 * @return the endpoints by name
	 */
	@ReadOperation
	public SocketsDescriptor endpoints() {
		return endpoints(this.showValues.isShown(true));
	}

	/**
	 * Returns an endpoint with its connections.
	 * @param name its name
	 * @return the endpoint; {@code null} when there is none of that name
	 */
	@ReadOperation
	public @Nullable EndpointDetailsDescriptor endpoint(@Selector String name) {
		return endpoint(name, this.showValues.isShown(true));
	}

	/**
	 * Tells an endpoint to do something, and waits until it has.
	 * @param name its name
	 * @param action {@code start}, {@code stop}, {@code pause}, {@code resume},
	 * {@code disconnect}, {@code unban}, {@code trace} or {@code stop-trace}, as far as
	 * its kind can
	 * @param address whose ban to lift; for {@code unban} only
	 * @param seconds how long to trace; for {@code trace} only
	 * @param connection id of the only connection to trace; for {@code trace} only
	 * @return the endpoint afterwards
	 */
	@WriteOperation
	public EndpointDescriptor act(@Selector String name, String action, @Nullable String address,
			@Nullable Integer seconds, @Nullable String connection) {
		WatchedEndpoint endpoint = find(name).orElseThrow(() -> invalid("There is no endpoint '" + name + "'"));
		return act(endpoint, action, new ActionOptions(address, seconds, connection), this.showValues.isShown(true));
	}

	/**
	 * Closes a connection with reason {@code KICKED}, on whatever node it is.
	 * @param name the endpoint's name
	 * @param connectionId the connection's id
	 * @return the connection; {@code null} when it is on another node, or does not say
	 * what it is, as a mock does not
	 */
	@DeleteOperation
	public @Nullable ConnectionDescriptor kick(@Selector String name, @Selector String connectionId) {
		Optional<Connection> connection = connection(name, connectionId);
		if (!isKicked(name, connectionId)) {
			throw invalid("There is no connection '" + connectionId + "' of '" + name + "'");
		}
		return connection.flatMap((here) -> WatchedEndpoint.known(() -> ConnectionDescriptor.of(here))).orElse(null);
	}

	/**
	 * Closes a connection. One that is on another node it waits for until that answers.
	 * @return whether there was such a connection
	 * @throws SocketOperationException when the other node was not reached
	 */
	boolean isKicked(String name, String connectionId) {
		Optional<Connection> connection = connection(name, connectionId);
		connection.ifPresent(Connection::kick);
		return connection.isPresent() || find(name).map(WatchedEndpoint::endpoint)
			.filter(TcpServer.class::isInstance)
			.map(TcpServer.class::cast)
			.flatMap((server) -> WatchedEndpoint.known(() -> server.kick(connectionId)))
			.map(SocketsEndpoint::await)
			.orElse(false);
	}

	private static boolean await(CompletableFuture<Boolean> kicked) {
		try {
			return kicked.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof SocketOperationException known) ? known : ex;
		}
	}

	SocketsDescriptor endpoints(boolean showValues) {
		Map<String, EndpointDescriptor> descriptors = new TreeMap<>();
		WatchedEndpoint.all(this.endpoints)
			.forEach((endpoint) -> descriptors.put(endpoint.name(), descriptor(endpoint, showValues)));
		return new SocketsDescriptor(descriptors, EngineDescriptor.of(this.engine),
				(this.backplane != null) ? BackplaneDescriptor.of(this.backplane.status()) : null);
	}

	@Nullable EndpointDetailsDescriptor endpoint(String name, boolean showValues) {
		return find(name).map((endpoint) -> details(endpoint, showValues)).orElse(null);
	}

	EndpointDescriptor act(WatchedEndpoint watched, String action, ActionOptions options, boolean showValues) {
		SocketEndpoint endpoint = watched.endpoint();
		EndpointAction.of(action, endpoint)
			.orElseThrow(() -> invalid("'" + action + "' is not one of " + EndpointAction.labels(endpoint)))
			.apply(endpoint, options);
		return descriptor(watched, showValues);
	}

	Optional<WatchedEndpoint> find(String name) {
		return WatchedEndpoint.find(this.endpoints, name);
	}

	Optional<Connection> connection(String name, String id) {
		return find(name).map(WatchedEndpoint::endpoint).flatMap((endpoint) -> connection(endpoint, id));
	}

	static Optional<Connection> connection(SocketEndpoint endpoint, String id) {
		return connections(endpoint).stream().filter((connection) -> id.equals(connection.getId())).findFirst();
	}

	/** Returns the trace of an endpoint as a file. */
	Optional<byte[]> trace(String name) {
		return find(name).map(WatchedEndpoint::endpoint)
			.filter(TracedEndpoint.class::isInstance)
			.map(TracedEndpoint.class::cast)
			.flatMap((endpoint) -> endpoint.tracer().last())
			.map(WireTrace::toPcap);
	}

	private EndpointDetailsDescriptor details(WatchedEndpoint endpoint, boolean showValues) {
		List<ConnectionDescriptor> connections = endpoint.ask(SocketsEndpoint::describedConnections).orElse(List.of());
		List<NodeDescriptor> nodes = endpoint.ask(NodeDescriptor::of).orElse(List.of());
		List<BanDescriptor> bans = endpoint.ask(SocketsEndpoint::bans).orElse(List.of());
		List<FailureDescriptor> failures = endpoint.ask(SocketsEndpoint::failures).orElse(List.of());
		return new EndpointDetailsDescriptor(endpoint.name(), descriptor(endpoint, showValues), connections, nodes,
				bans, failures, TraceDescriptor.of(endpoint.endpoint()));
	}

	private static List<ConnectionDescriptor> describedConnections(SocketEndpoint endpoint) {
		return connections(endpoint).stream()
			.sorted(Comparator.comparing(Connection::getOpenedAt, Comparator.nullsLast(Comparator.naturalOrder())))
			.limit(MOST_CONNECTIONS)
			.flatMap((connection) -> WatchedEndpoint.known(() -> ConnectionDescriptor.of(connection)).stream())
			.toList();
	}

	private static List<FailureDescriptor> failures(SocketEndpoint endpoint) {
		return endpoint.recentFailures().stream().map(FailureDescriptor::of).toList();
	}

	private EndpointDescriptor descriptor(WatchedEndpoint endpoint, boolean showValues) {
		return EndpointDescriptor.of(endpoint, this.userData.of(endpoint, showValues));
	}

	private static List<BanDescriptor> bans(SocketEndpoint endpoint) {
		return (endpoint instanceof TcpServer server)
				? server.getBans().stream().limit(MOST_CONNECTIONS).map(BanDescriptor::of).toList() : List.of();
	}

	private static Collection<Connection> connections(SocketEndpoint endpoint) {
		if (endpoint instanceof TcpServer server) {
			return server.getConnections();
		}
		return (endpoint instanceof TcpClient client) ? client.getConnection().stream().toList() : List.of();
	}

	static InvalidEndpointRequestException invalid(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

}
