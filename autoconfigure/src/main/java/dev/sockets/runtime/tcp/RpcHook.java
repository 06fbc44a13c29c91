package dev.sockets.runtime.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.runtime.rpc.ConnectionRpc;
import dev.sockets.runtime.rpc.EndpointRpc;

/**
 * Takes requests and replies by opcode out of what a connection receives.
 */
public final class RpcHook implements PayloadHook {

	private final DefaultConnection connection;

	private final ConnectionRpc peer;

	private RpcHook(DefaultConnection connection, ConnectionRpc peer) {
		this.connection = connection;
		this.peer = peer;
	}

	/**
	 * Adds a hook to a new connection.
	 * @param connection the connection
	 * @return the hook; {@code null} when its messages are ordinary ones
	 */
	static @Nullable RpcHook addTo(DefaultConnection connection) {
		EndpointRpc endpoint = connection.context().rpc();
		if (endpoint == null) {
			return null;
		}
		RpcHook hook = new RpcHook(connection, endpoint.peer(new ConnectionRpcLink(connection)));
		connection.reader().add(hook);
		return hook;
	}

	/**
	 * Returns the peer of a connection.
	 * @param connection the connection
	 * @return the peer; {@code null} when its messages are ordinary ones
	 */
	public static @Nullable ConnectionRpc peer(DefaultConnection connection) {
		RpcHook hook = connection.protocol().rpc();
		return (hook != null) ? hook.peer : null;
	}

	/**
	 * Returns what the peer of a connection has called itself.
	 * @param connection the connection
	 * @return its id; {@code null} when it has not said one
	 */
	static @Nullable String peerId(DefaultConnection connection) {
		ConnectionRpc peer = peer(connection);
		return (peer != null) ? peer.peerId() : null;
	}

	/**
	 * Does something once all requests over a connection are answered.
	 * @param connection the connection
	 * @param action what to do
	 */
	static void whenAnswered(DefaultConnection connection, Runnable action) {
		ConnectionRpc peer = peer(connection);
		if (peer != null) {
			peer.whenIdle(action);
		}
		else {
			action.run();
		}
	}

	/**
	 * Interrupts the handlers of all requests over a connection.
	 * @param connection the connection
	 */
	static void interrupt(DefaultConnection connection) {
		ConnectionRpc peer = peer(connection);
		if (peer != null) {
			peer.interrupt();
		}
	}

	@Override
	public boolean holds() {
		return this.peer.holds();
	}

	@Override
	public void begin() {
		this.peer.begin();
	}

	@Override
	public void opened() {
		this.peer.opened();
	}

	@Override
	public boolean takes(Object payload) {
		return this.peer.takes(payload);
	}

	/** Its peer is answered, and the application told in its turn. */
	@Override
	public boolean takesFault(MessageFault fault) {
		ConnectionReader reader = this.connection.reader();
		if (reader.hold() != null || !this.peer.takesHead(fault.head(), fault.cause())) {
			return false;
		}
		reader.delivery().message(fault);
		return true;
	}

	@Override
	public boolean awaits() {
		return this.peer.awaits();
	}

	@Override
	public void tick(long now) {
		this.peer.tick(now);
	}

	@Override
	public void ended(SocketOperationException cause) {
		this.peer.ended(cause);
	}

}
