package dev.sockets.benchmarks.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/**
 * Answers lines where it is called.
 */
final class NettyEcho extends SimpleChannelInboundHandler<String> {

	private final Behaviour behaviour;

	private final boolean flushesEach;

	NettyEcho(Behaviour behaviour, boolean flushesEach) {
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
