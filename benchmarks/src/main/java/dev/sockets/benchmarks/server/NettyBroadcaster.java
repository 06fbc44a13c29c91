package dev.sockets.benchmarks.server;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelMatchers;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * Sends a line to all connections for each line, from one buffer that they share.
 */
@ChannelHandler.Sharable
final class NettyBroadcaster extends SimpleChannelInboundHandler<String> {

	private final ChannelGroup all = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final ByteBuf line = Unpooled.unreleasableBuffer(Unpooled.directBuffer()
		.writeBytes((Behaviour.broadcastLine() + "\n").getBytes(StandardCharsets.US_ASCII))
		.asReadOnly());

	private final boolean flushesEach;

	NettyBroadcaster(boolean flushesEach) {
		this.flushesEach = flushesEach;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.all.add(context.channel());
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
