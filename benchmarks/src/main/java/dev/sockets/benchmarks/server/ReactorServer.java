package dev.sockets.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.LineBasedFrameDecoder;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * Reactor Netty on io_uring where that is on the class path, else on epoll: strings in,
 * strings out, flushed when no more are at hand.
 */
final class ReactorServer implements Server {

	private static final int MAX_LINE = 64 * 1024;

	@Override
	public void start(int port, Behaviour behaviour) {
		TcpServer.create()
			.runOn(LoopResources.create("reactor", Loops.count(), true), true)
			.option(ChannelOption.SO_BACKLOG, Loops.BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.doOnConnection((connection) -> connection.addHandlerLast(new LineBasedFrameDecoder(MAX_LINE)))
			.handle((in, out) -> out.sendString(
					in.receive().asString(StandardCharsets.UTF_8).map((line) -> behaviour.answer(line) + "\n"),
					StandardCharsets.UTF_8))
			.port(port)
			.bindNow(Duration.ofSeconds(10));
	}

}
