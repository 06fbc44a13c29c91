package dev.sockets.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

/**
 * Netty: a decoder of lines, strings, and a handler that writes.
 *
 * @param transport how it talks to the kernel
 * @param handlers where lines are answered
 * @param flushesEach whether each broadcast is flushed, and not each read
 * @param tls by whose TLS; {@code null} for none
 */
record NettyServer(NettyTransport transport, Supplier<NettyHandling> handlers, boolean flushesEach,
		@Nullable SslProvider tls) implements Server {

	private static final int MAX_LINE = 64 * 1024;

	/** Flushes once a read. */
	static NettyServer on(NettyTransport transport) {
		return new NettyServer(transport, NettyHandling::onLoop, false, null);
	}

	/** Flushes each message. */
	static NettyServer flushingEach(NettyTransport transport) {
		return new NettyServer(transport, NettyHandling::flushingEach, true, null);
	}

	NettyServer handling(Supplier<NettyHandling> handlers) {
		return new NettyServer(this.transport, handlers, this.flushesEach, this.tls);
	}

	NettyServer secured(SslProvider tls) {
		return new NettyServer(this.transport, this.handlers, this.flushesEach, tls);
	}

	@Override
	public void start(int port, Behaviour behaviour) throws Exception {
		NettyHandling handling = handling(behaviour);
		SslContext context = (this.tls != null) ? context(this.tls) : null;
		new ServerBootstrap().group(this.transport.loops())
			.channel(this.transport.serverChannel())
			.option(ChannelOption.SO_BACKLOG, Loops.BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {
				@Override
				protected void initChannel(SocketChannel channel) {
					ChannelPipeline pipeline = channel.pipeline();
					if (context != null) {
						pipeline.addLast(context.newHandler(channel.alloc()));
					}
					pipeline.addLast(new LineBasedFrameDecoder(MAX_LINE))
						.addLast(new StringDecoder(StandardCharsets.UTF_8))
						.addLast(new StringEncoder(StandardCharsets.UTF_8));
					handling.addTo(pipeline, behaviour);
				}
			})
			.bind(port)
			.sync();
	}

	private NettyHandling handling(Behaviour behaviour) {
		if (behaviour != Behaviour.BROADCAST) {
			return this.handlers.get();
		}
		NettyBroadcaster broadcaster = new NettyBroadcaster(this.flushesEach);
		return (pipeline, broadcast) -> pipeline.addLast(broadcaster);
	}

	private static SslContext context(SslProvider provider) throws Exception {
		SslContextBuilder builder = SslContextBuilder.forServer(ServerKeys.load())
			.sslProvider(provider)
			.protocols(ServerKeys.PROTOCOL);
		// BoringSSL has its own opinion of the cipher suites of TLS 1.3
		return ((provider == SslProvider.JDK) ? builder.ciphers(List.of(ServerKeys.CIPHER)) : builder).build();
	}

}
