package dev.sockets.benchmarks.server;

import java.util.function.Supplier;

import io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

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

	/** Ours, with an {@code @EventListener} method and {@code dispatch: thread}. */
	OURS_THREAD(Family.OURS,
			() -> new OurServer(OurServer.EventEcho.class, "--sockets.tcp.server.echo.dispatch=thread")),

	/** Ours by TLS. */
	OURS_TLS(Family.OURS, () -> new OurServer(OurServer.EventEcho.class, OurServer.tls())),

	/** Netty on epoll, which flushes once a read. */
	NETTY(Family.PEER, () -> new NettyServer(false)),

	/** The same in a Spring Boot application, as ours is. */
	NETTY_IN_BOOT(Family.PEER, NettyInBootServer::new),

	/** Netty on epoll, which flushes each message. */
	NETTY_FLUSH(Family.PEER, () -> new NettyServer(true)),

	/** Netty by the JDK's TLS. */
	NETTY_TLS_JDK(Family.PEER, () -> new NettyServer(false, SslProvider.JDK)),

	/** Netty by BoringSSL, a fork of OpenSSL. */
	NETTY_TLS_OPENSSL(Family.NATIVE_PEER, () -> new NettyServer(false, SslProvider.OPENSSL)),

	/** Vert.x on epoll. */
	VERTX(Family.PEER, () -> new VertxServer(false)),

	/** Vert.x by the JDK's TLS. */
	VERTX_TLS(Family.PEER, () -> new VertxServer(true)),

	/** Reactor Netty on epoll. */
	REACTOR_NETTY(Family.PEER, ReactorServer::new),

	/** Spring Integration, a thread for each connection. */
	SI_NET(Family.INTEGRATION, () -> new IntegrationServer(false)),

	/** Spring Integration on NIO. */
	SI_NIO(Family.INTEGRATION, () -> new IntegrationServer(true)),

	/** A loop that blocks, on a virtual thread for each connection. */
	VIRTUAL_THREADS(Family.BARE, VirtualThreadServer::new),

	/** A loop around epoll in C: what the kernel allows. */
	C_EPOLL(Family.BARE, null);

	private static final int VIRTUAL_THREADS_SINCE = 21;

	private final Family family;

	private final @Nullable Supplier<Server> server;

	Entrant(Family family, @Nullable Supplier<Server> server) {
		this.family = family;
		this.server = server;
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

	/**
	 * Returns the oldest Java that can run the server.
	 * @return the feature version
	 */
	public int needsJava() {
		return (this == VIRTUAL_THREADS) ? VIRTUAL_THREADS_SINCE : 17;
	}

	/**
	 * Returns whether the server speaks TLS, and so needs {@link ServerKeys}.
	 * @return whether it does
	 */
	public boolean usesTls() {
		return switch (this) {
			case OURS_TLS, NETTY_TLS_JDK, NETTY_TLS_OPENSSL, VERTX_TLS -> true;
			default -> false;
		};
	}

	void start(int port, Behaviour behaviour) throws Exception {
		if (this.server == null) {
			throw new IllegalStateException(id() + " runs in no JVM");
		}
		this.server.get().start(port, behaviour);
	}

}
