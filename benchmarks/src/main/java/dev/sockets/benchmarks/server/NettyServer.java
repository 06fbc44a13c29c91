package dev.sockets.benchmarks.server;

import java.nio.charset.StandardCharsets;

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
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * Netty on epoll: a decoder of lines, strings, and a handler that writes.
 */
final class NettyServer implements Server {

	private static final int MAX_LINE = 64 * 1024;

	private final boolean flushesEach;

	NettyServer(boolean flushesEach) {
		this.flushesEach = flushesEach;
	}

	@Override
	public void start(int port, Behaviour behaviour) throws Exception {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(Loops.count(), EpollIoHandler.newFactory());
		ChannelGroup all = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
		ByteBuf broadcast = Unpooled.unreleasableBuffer(Unpooled.directBuffer()
			.writeBytes((Behaviour.broadcastLine() + "\n").getBytes(StandardCharsets.US_ASCII))
			.asReadOnly());
		new ServerBootstrap().group(loops)
			.channel(EpollServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, Loops.BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {
				@Override
				protected void initChannel(SocketChannel channel) {
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
