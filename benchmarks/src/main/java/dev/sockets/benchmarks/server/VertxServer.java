package dev.sockets.benchmarks.server;

import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.parsetools.RecordParser;

/**
 * Vert.x on epoll: a record parser for lines, a write for each.
 */
final class VertxServer implements Server {

	private final boolean secure;

	VertxServer(boolean secure) {
		this.secure = secure;
	}

	@Override
	public void start(int port, Behaviour behaviour) throws Exception {
		Vertx vertx = Vertx
			.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(Loops.count()));
		NetServerOptions options = new NetServerOptions().setAcceptBacklog(Loops.BACKLOG).setTcpNoDelay(true);
		if (this.secure) {
			options.setSsl(true)
				.setKeyCertOptions(
						new PfxOptions().setPath(ServerKeys.file().toString()).setPassword(ServerKeys.PASSWORD))
				.setEnabledSecureTransportProtocols(Set.of(ServerKeys.PROTOCOL))
				.addEnabledCipherSuite(ServerKeys.CIPHER);
		}
		vertx.createNetServer(options)
			.connectHandler((socket) -> serve(socket, behaviour))
			.listen(port)
			.toCompletionStage()
			.toCompletableFuture()
			.get(10, TimeUnit.SECONDS);
	}

	private static void serve(NetSocket socket, Behaviour behaviour) {
		RecordParser lines = RecordParser.newDelimited("\n");
		lines.handler((line) -> socket.write(Buffer.buffer(behaviour.answer(line.toString())).appendString("\n")));
		socket.exceptionHandler((failure) -> socket.close());
		socket.handler(lines);
	}

}
