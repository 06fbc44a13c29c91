package dev.sockets.runtime.tcp;

import java.nio.ByteOrder;
import java.util.function.Consumer;

import dev.sockets.InboxOverflow;
import dev.sockets.codec.Codecs;
import dev.sockets.codec.pickle.PickleCodec;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;

/**
 * An echo server, and one whose messages are decoded and handled slowly, in a process of
 * its own with little memory. It prints their ports.
 */
final class DecodingServer {

	private static final int SLOW_MILLIS = 1000;

	private DecodingServer() {
	}

	public static void main(String[] args) throws InterruptedException {
		TestEndpoints endpoints = new TestEndpoints(2).echo().onEvent((event) -> {
			if (!(event instanceof ConnectedEvent)) {
				Thread.yield();
			}
		});
		TcpServer good = endpoints.server();
		TcpServer attacked = attacked(endpoints, args[0]);
		System.out.println("ports " + good.getLocalAddress().getPort() + " " + attacked.getLocalAddress().getPort());
		Thread.currentThread().join();
	}

	private static TcpServer attacked(TestEndpoints endpoints, String kind) {
		return switch (kind) {
			case "json" -> slow(endpoints, (connection) -> connection.framing(length()).codec(Codecs.json()));
			case "cbor" -> slow(endpoints, (connection) -> connection.framing(length()).codec(Codecs.cbor()));
			case "pickle" ->
				slow(endpoints, (connection) -> connection.framing(length()).codec(PickleCodec.builder().build()));
			case "faults" -> slow(endpoints, (connection) -> connection.codec(Codecs.json()));
			case "inbox" -> endpoints.server("attacked",
					(connection) -> connection.framing(length())
						.codec(Codecs.cbor())
						.inbox(10_000, InboxOverflow.DROP_OLDEST));
			case "rpc" -> {
				TcpServer server = endpoints.server("attacked", RpcPair::wire);
				server.rpc().bind(1, (request) -> {
					TestEndpoints.block(SLOW_MILLIS);
					return request.args().size();
				});
				yield server;
			}
			default -> throw new IllegalArgumentException(kind);
		};
	}

	private static TcpServer slow(TestEndpoints endpoints, Consumer<ConnectionSettings.Builder> settings) {
		endpoints.onMessage("attacked", (message) -> TestEndpoints.block(SLOW_MILLIS));
		return endpoints.server("attacked", (connection) -> settings.accept(connection.dispatch(Dispatch.THREAD)));
	}

	private static Framing length() {
		return Framings.lengthPrefixed(4, ByteOrder.BIG_ENDIAN, false);
	}

}
