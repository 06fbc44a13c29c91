package dev.sockets.benchmarks.server;

import java.util.concurrent.Executor;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/**
 * Hands lines over to other threads, which answer them.
 */
final class NettyHandOver extends SimpleChannelInboundHandler<String> {

	private final Executor threads;

	private final Behaviour behaviour;

	NettyHandOver(Executor threads, Behaviour behaviour) {
		this.threads = threads;
		this.behaviour = behaviour;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, String line) {
		this.threads.execute(() -> context.writeAndFlush(this.behaviour.answer(line) + "\n"));
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
