package dev.sockets.benchmarks.server;

import java.util.Set;
import java.util.function.Supplier;

import io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

import static dev.sockets.benchmarks.server.NettyTransport.EPOLL;
import static dev.sockets.benchmarks.server.NettyTransport.IO_URING;

/**
 * A server that takes part.
 */
public enum Entrant implements Contestant {

	/** Ours, with an {@code @EventListener} method, and with meters. */
	OURS_EVENT(Family.OURS, () -> new OurServer(OurServer.EventEcho.class)),

	/** The same without meters. */
	OURS_UNMETERED(Family.OURS,
			() -> new OurServer(OurServer.EventEcho.class,
					"--spring.autoconfigure.exclude=dev.sockets.autoconfigure.SocketsMetricsAutoConfiguration")),

	/** Ours, with a {@code @SocketListener} method. */
	OURS_LISTENER(Family.OURS, () -> new OurServer(OurServer.ListenerEcho.class)),

	/** Ours on the native engine, with an {@code @EventListener} method. */
	OURS_NATIVE(Family.OURS, () -> new OurServer(OurServer.EventEcho.class, "--sockets.engine=native"),
			Need.NATIVE_ENGINE),

	/** Ours on the native engine, with a {@code @SocketListener} method. */
	OURS_NATIVE_LISTENER(Family.OURS, () -> new OurServer(OurServer.ListenerEcho.class, "--sockets.engine=native"),
			Need.NATIVE_ENGINE),

	/** Ours, with an {@code @EventListener} method and {@code dispatch: thread}. */
	OURS_THREAD(Family.OURS,
			() -> new OurServer(OurServer.EventEcho.class, "--sockets.tcp.server.echo.dispatch=thread")),

	/** Ours by TLS. */
	OURS_TLS(Family.OURS, () -> new OurServer(OurServer.EventEcho.class, OurServer.tls()), Need.KEYS),

	/** Netty on epoll, which flushes once a read. */
	NETTY(Family.PEER, () -> NettyServer.on(EPOLL)),

	/** The same on io_uring. */
	NETTY_URING(Family.PEER, () -> NettyServer.on(IO_URING), Need.IO_URING),

	/** Netty on epoll in a Spring Boot application, as ours is. */
	NETTY_IN_BOOT(Family.PEER, NettyInBootServer::new),

	/** Netty on epoll, which flushes each message. */
	NETTY_FLUSH(Family.PEER, () -> NettyServer.flushingEach(EPOLL)),

	/** Netty on epoll, which hands lines over to a pool. */
	NETTY_POOL(Family.PEER, () -> NettyServer.on(EPOLL).handling(NettyHandling::onPool)),

	/** Netty on epoll, which hands lines over to virtual threads. */
	NETTY_VIRTUAL(Family.PEER, () -> NettyServer.on(EPOLL).handling(NettyHandling::onVirtualThreads),
			Need.VIRTUAL_THREADS),

	/** Netty on io_uring, which hands lines over to a pool. */
	NETTY_URING_POOL(Family.PEER, () -> NettyServer.on(IO_URING).handling(NettyHandling::onPool), Need.IO_URING),

	/** Netty on io_uring, which hands lines over to virtual threads. */
	NETTY_URING_VIRTUAL(Family.PEER, () -> NettyServer.on(IO_URING).handling(NettyHandling::onVirtualThreads),
			Need.IO_URING, Need.VIRTUAL_THREADS),

	/** Netty on epoll by the JDK's TLS. */
	NETTY_TLS_JDK(Family.PEER, () -> NettyServer.on(EPOLL).secured(SslProvider.JDK), Need.KEYS),

	/** Netty on io_uring by the JDK's TLS. */
	NETTY_URING_TLS_JDK(Family.PEER, () -> NettyServer.on(IO_URING).secured(SslProvider.JDK), Need.KEYS, Need.IO_URING),

	/** Netty on epoll by BoringSSL, a fork of OpenSSL. */
	NETTY_TLS_OPENSSL(Family.NATIVE_PEER, () -> NettyServer.on(EPOLL).secured(SslProvider.OPENSSL), Need.KEYS,
			Need.OPEN_SSL),

	/** Vert.x on epoll. */
	VERTX(Family.PEER, () -> new VertxServer(false)),

	/** Vert.x on epoll by the JDK's TLS. */
	VERTX_TLS(Family.PEER, () -> new VertxServer(true), Need.KEYS),

	/** Reactor Netty on epoll. */
	REACTOR_NETTY(Family.PEER, ReactorServer::new),

	/** Reactor Netty on io_uring, which it takes once that is on its class path. */
	REACTOR_NETTY_URING(Family.PEER, ReactorServer::new, Need.IO_URING),

	/** Spring Integration, a thread for each connection. */
	SI_NET(Family.INTEGRATION, () -> new IntegrationServer(false)),

	/** Spring Integration on NIO. */
	SI_NIO(Family.INTEGRATION, () -> new IntegrationServer(true)),

	/** A loop around a selector. */
	BARE_NIO(Family.BARE, BareLoopServer::new),

	/** A loop that blocks, on a virtual thread for each connection. */
	VIRTUAL_THREADS(Family.BARE, VirtualThreadServer::new, Need.VIRTUAL_THREADS),

	/** A loop around epoll in C: what the kernel allows. */
	C_EPOLL(Family.BARE, null, Need.GCC);

	private final Family family;

	private final @Nullable Supplier<Server> server;

	private final Set<Need> needs;

	Entrant(Family family, @Nullable Supplier<Server> server, Need... needs) {
		this.family = family;
		this.server = server;
		this.needs = Set.of(needs);
	}

	/**
	 * Finds an entrant.
	 * @param id its {@link #id()}
	 * @return the entrant
	 * @throws IllegalArgumentException when there is none
	 */
	public static Entrant of(String id) {
		return Contestant.named(values(), id);
	}

	@Override
	public String id() {
		return Contestant.id(this);
	}

	@Override
	public Family family() {
		return this.family;
	}

	/**
	 * Returns whether the server is a C program rather than a class here.
	 * @return whether it is
	 */
	public boolean isNative() {
		return this.server == null;
	}

	@Override
	public Set<Need> needs() {
		return this.needs;
	}

	void start(int port, Behaviour behaviour) throws Exception {
		if (this.server == null) {
			throw new IllegalStateException(id() + " runs in no JVM");
		}
		this.server.get().start(port, behaviour);
	}

}
