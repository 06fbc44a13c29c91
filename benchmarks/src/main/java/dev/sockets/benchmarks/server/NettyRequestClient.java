package dev.sockets.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Netty: what is written is remembered in a queue, and each answer completes the oldest.
 */
final class NettyRequestClient implements RequestClient {

	private static final int MAX_LINE = 64 * 1024;

	private record Request(String line, CompletableFuture<String> answer) {

	}

	private final NettyTransport transport;

	private @Nullable Channel channel;

	NettyRequestClient(NettyTransport transport) {
		this.transport = transport;
	}

	@Override
	public void connect(int port) throws Exception {
		Queue<CompletableFuture<String>> waiting = new ArrayDeque<>();
		this.channel = new Bootstrap().group(this.transport.loops())
			.channel(this.transport.channel())
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(new ChannelInitializer<Channel>() {
				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(new LineBasedFrameDecoder(MAX_LINE))
						.addLast(new StringDecoder(StandardCharsets.UTF_8))
						.addLast(new StringEncoder(StandardCharsets.UTF_8))
						.addLast(new Answers(waiting))
						.addLast(new Requests(waiting));
				}
			})
			.connect("localhost", port)
			.sync()
			.channel();
	}

	@Override
	public String request(String line) throws Exception {
		CompletableFuture<String> answer = new CompletableFuture<>();
		Channel channel = Objects.requireNonNull(this.channel);
		channel.writeAndFlush(new Request(line, answer), channel.voidPromise());
		return answer.get(5, TimeUnit.SECONDS);
	}

	private static final class Answers extends SimpleChannelInboundHandler<String> {

		private final Queue<CompletableFuture<String>> waiting;

		Answers(Queue<CompletableFuture<String>> waiting) {
			this.waiting = waiting;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, String line) {
			this.waiting.remove().complete(line);
		}

	}

	private static final class Requests extends ChannelOutboundHandlerAdapter {

		private final Queue<CompletableFuture<String>> waiting;

		Requests(Queue<CompletableFuture<String>> waiting) {
			this.waiting = waiting;
		}

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			Request request = (Request) message;
			this.waiting.add(request.answer());
			context.write(request.line() + "\n", promise);
		}

	}

}
