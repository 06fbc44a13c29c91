package dev.sockets.runtime.tcp;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.springframework.context.ApplicationContext;

import dev.sockets.loop.EventLoopGroup;
import dev.sockets.runtime.Phases;
import dev.sockets.tcp.MessageObserver;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

/**
 * Creates TCP servers and clients.
 */
public final class TcpEndpoints {

	/** Phase in which servers start and stop: after web servers, before clients. */
	public static final int SERVER_PHASE = Phases.SERVERS;

	/** Phase in which clients start and stop: they start last and stop first. */
	public static final int CLIENT_PHASE = Phases.CLIENTS;

	private final EndpointRuntime runtime;

	/**
	 * Creates a factory of endpoints that share event loops and handler threads.
	 * @param loops the event loops
	 * @param handlers runs handlers that are not run by the event loops
	 * @param context where the endpoints publish their events
	 */
	public TcpEndpoints(EventLoopGroup loops, Executor handlers, ApplicationContext context) {
		this(loops, handlers, context, MessageObserver.NONE);
	}

	/**
	 * Creates a factory of endpoints whose messages are observed.
	 * @param loops the event loops
	 * @param handlers runs handlers that are not run by the event loops
	 * @param context where the endpoints publish their events
	 * @param observer told of each message
	 */
	public TcpEndpoints(EventLoopGroup loops, Executor handlers, ApplicationContext context, MessageObserver observer) {
		this(loops, () -> handlers, context, observer);
	}

	/**
	 * Creates a factory of endpoints that share event loops, but not handler threads.
	 * @param loops the event loops
	 * @param handlers asked by each endpoint, whenever it starts, for what runs its
	 * handlers that are not run by the event loops
	 * @param context where the endpoints publish their events
	 * @param observer told of each message
	 */
	public TcpEndpoints(EventLoopGroup loops, Supplier<Executor> handlers, ApplicationContext context,
			MessageObserver observer) {
		this.runtime = new EndpointRuntime(loops, handlers, context, observer);
	}

	/**
	 * Creates a server; it is not started.
	 * @param settings what the server needs to know
	 * @return the server
	 */
	public TcpServer server(TcpServerSettings settings) {
		return new DefaultTcpServer(settings, this.runtime);
	}

	/**
	 * Creates a client; it is not started.
	 * @param settings what the client needs to know
	 * @return the client
	 */
	public TcpClient client(TcpClientSettings settings) {
		return new DefaultTcpClient(settings, this.runtime);
	}

}
