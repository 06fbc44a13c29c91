package dev.sockets.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelMatchers;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Netty on epoll: a decoder of lines, strings, and a handler that writes.
 */
final class NettyServer implements Server {

	private static final int MAX_LINE = 64 * 1024;

	private final boolean flushesEach;

	private final @Nullable SslProvider tls;

	NettyServer(boolean flushesEach) {
		this(flushesEach, null);
	}

	NettyServer(boolean flushesEach, @Nullable SslProvider tls) {
		this.flushesEach = flushesEach;
		this.tls = tls;
	}

	@Override
	public void start(int port, Behaviour behaviour) throws Exception {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(Loops.count(), EpollIoHandler.newFactory());
		ChannelGroup all = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
		ByteBuf broadcast = Unpooled.unreleasableBuffer(Unpooled.directBuffer()
			.writeBytes((Behaviour.broadcastLine() + "\n").getBytes(StandardCharsets.US_ASCII))
			.asReadOnly());
		SslContext context = (this.tls != null) ? context(this.tls) : null;
		new ServerBootstrap().group(loops)
			.channel(EpollServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, Loops.BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {
				@Override
				protected void initChannel(SocketChannel channel) {
					if (context != null) {
						channel.pipeline().addLast(context.newHandler(channel.alloc()));
					}
					channel.pipeline()
						.addLast(new LineBasedFrameDecoder(MAX_LINE))
						.addLast(new StringDecoder(StandardCharsets.UTF_8))
						.addLast(new StringEncoder(StandardCharsets.UTF_8));
					if (behaviour == Behaviour.BROADCAST) {
						all.add(channel);
						channel.pipeline().addLast(new Broadcaster(all, broadcast, NettyServer.this.flushesEach));
					}
					else {
						channel.pipeline().addLast(new Echo(behaviour, NettyServer.this.flushesEach));
					}
				}
			})
			.bind(port)
			.sync();
	}

	private static SslContext context(SslProvider provider) throws Exception {
		SslContextBuilder builder = SslContextBuilder.forServer(ServerKeys.load())
			.sslProvider(provider)
			.protocols(ServerKeys.PROTOCOL);
		// BoringSSL has its own opinion of the cipher suites of TLS 1.3
		return ((provider == SslProvider.JDK) ? builder.ciphers(List.of(ServerKeys.CIPHER)) : builder).build();
	}

	private static final class Echo extends SimpleChannelInboundHandler<String> {

		private final Behaviour behaviour;

		private final boolean flushesEach;

		Echo(Behaviour behaviour, boolean flushesEach) {
			this.behaviour = behaviour;
			this.flushesEach = flushesEach;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, String line) {
			String reply = this.behaviour.answer(line) + "\n";
			if (this.flushesEach) {
				context.writeAndFlush(reply);
			}
			else {
				context.write(reply);
			}
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			if (!this.flushesEach) {
				context.flush();
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

	}

	private static final class Broadcaster extends SimpleChannelInboundHandler<String> {

		private final ChannelGroup all;

		private final ByteBuf line;

		private final boolean flushesEach;

		Broadcaster(ChannelGroup all, ByteBuf line, boolean flushesEach) {
			this.all = all;
			this.line = line;
			this.flushesEach = flushesEach;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, String line) {
			if (this.flushesEach) {
				this.all.writeAndFlush(this.line.duplicate(), ChannelMatchers.all(), true);
			}
			else {
				this.all.write(this.line.duplicate(), ChannelMatchers.all(), true);
			}
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			if (!this.flushesEach) {
				this.all.flush();
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

	}

}
