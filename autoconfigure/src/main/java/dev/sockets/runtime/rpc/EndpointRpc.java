package dev.sockets.runtime.rpc;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.rpc.HandlerConcurrency;
import dev.sockets.rpc.Reply;
import dev.sockets.rpc.RpcCall;
import dev.sockets.rpc.RpcHandler;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.runtime.PeerLog;
import dev.sockets.runtime.SafeLog;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;

/**
 * The peers of one endpoint as one: keeps what is bound for all of its connections, and
 * passes requests to the one that is open.
 */
public final class EndpointRpc implements RpcPeer {

	private static final SafeLog logger = SafeLog.of(EndpointRpc.class);

	private final RpcSettings settings;

	private final ConnectionSettings connection;

	private final RpcWire wire;

	private final Executor executor;

	private final ValueConverter converter;

	private final OpenPeers peers;

	private final Bindings bindings;

	private final ReturnCodes returnCodes = new ReturnCodes();

	private final PeerLog log;

	/**
	 * Creates the peers of an endpoint.
	 * @param settings how requests are answered
	 * @param connection how connections behave
	 * @param wire makes the protocols of connections
	 * @param executor runs handlers
	 * @param converter converts arguments and results
	 * @param peers the open connections
	 * @param log tells what is not executed
	 */
	public EndpointRpc(RpcSettings settings, ConnectionSettings connection, RpcWire wire, Executor executor,
			ValueConverter converter, OpenPeers peers, PeerLog log) {
		this.settings = settings;
		this.connection = connection;
		this.wire = wire;
		this.bindings = new Bindings(wire.reserved());
		this.executor = executor;
		this.converter = converter;
		this.peers = peers;
		this.log = log;
	}

	/**
	 * Makes the peer of a new connection.
	 * @param link the connection
	 * @return the peer
	 */
	public ConnectionRpc peer(RpcLink link) {
		Turns turns = (this.settings.handlers() == HandlerConcurrency.ONE_AT_A_TIME) ? new Turns() : null;
		return new ConnectionRpc(this, link, this.wire.protocol(link),
				new Invocations(this.executor, link, turns, maxPending()));
	}

	Set<Long> reserved() {
		return this.wire.reserved();
	}

	RpcSettings settings() {
		return this.settings;
	}

	Bindings bindings() {
		return this.bindings;
	}

	ValueConverter converter() {
		return this.converter;
	}

	Duration requestTimeout() {
		return this.connection.requests().timeout();
	}

	int maxPending() {
		return this.connection.requests().maxPending();
	}

	long nextReturnCode() {
		return this.returnCodes.next();
	}

	/**
	 * Says that a request is not executed whose sender will not know.
	 * @param connection what it came over
	 * @param error why
	 */
	void dropped(Connection connection, ErrorReport error) {
		this.log.fault(logger, "not executed",
				() -> connection + " has told something that is not executed: " + error.message(), null);
	}

	@Override
	public void bind(Object opcode, RpcHandler handler) {
		this.bindings.bind(opcode, handler);
	}

	@Override
	public void unbind(Object opcode) {
		this.bindings.unbind(opcode);
	}

	@Override
	public <T> @Nullable T execute(RpcCall call) {
		return this.peers.only().execute(call);
	}

	@Override
	public <T> CompletableFuture<T> executeAsync(RpcCall call) {
		try {
			return this.peers.only().executeAsync(call);
		}
		catch (SocketOperationException | IllegalStateException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public long send(Object opcode, @Nullable Object... args) {
		return this.peers.only().send(opcode, args);
	}

	@Override
	public void tell(Object opcode, @Nullable Object... args) {
		this.peers.only().tell(opcode, args);
	}

	@Override
	public @Nullable Reply poll(Object returnCode, Duration timeout) {
		return peer(returnCode).poll(returnCode, timeout);
	}

	@Override
	public void flush(Object returnCode) {
		this.peers.all().forEach((peer) -> peer.flush(returnCode));
	}

	@Override
	public void forget(Object returnCode) {
		this.peers.all().forEach((peer) -> peer.forget(returnCode));
	}

	@Override
	public void forgetAll() {
		this.peers.all().forEach(ConnectionRpc::forgetAll);
	}

	/** Any open one tells that it does not know the code. */
	private ConnectionRpc peer(Object returnCode) {
		return this.peers.all()
			.stream()
			.filter((peer) -> peer.knows(returnCode))
			.findFirst()
			.orElseGet(this.peers::only);
	}

}
