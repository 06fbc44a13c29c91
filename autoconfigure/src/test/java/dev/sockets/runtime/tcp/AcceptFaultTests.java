package dev.sockets.runtime.tcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.runtime.tcp.server.DefaultTcpServer;
import dev.sockets.tcp.SocketOptions;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection that cannot be served is closed, and leaves its place to others.
 */
@Timeout(60)
class AcceptFaultTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	@Test
	void whenSocketRefusesAnOptionThenEachConnectionIsClosed() {
		SocketOptions impossible = new SocketOptions(true, null, null, null, 999, null, null);
		TcpServer server = this.endpoints.server((connection) -> connection.socketOptions(impossible));
		for (int i = 0; i < 3; i++) {
			try (Peer peer = new Peer(server)) {
				assertThat(peer.readLine()).isNull();
			}
		}
		server.stop();
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	@Test
	void whenConnectionCannotBeMadeThenItsSocketAndItsPlaceAreFree() throws Exception {
		DefaultTcpServer server = (DefaultTcpServer) this.endpoints.newServer("server", 0, (connection) -> {
		});
		server.setMaxConnections(1);
		try (ServerSocketChannel listening = ServerSocketChannel.open()
			.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
				SocketChannel peer = SocketChannel.open(listening.getLocalAddress())) {
			assertThat(peer.isConnected()).isTrue();
			SocketChannel accepted = listening.accept();
			accepted.configureBlocking(false);
			server.acceptor().accepted(accepted);
			assertThat(accepted.isOpen()).isFalse();
		}
		server.start();
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("ping")).isEqualTo("ping");
		}
		server.stop();
		assertThat(server.isRunning()).isFalse();
		assertThat(this.endpoints.eventNames("server")).containsExactly("EndpointStarted", "Connected", "Disconnected",
				"EndpointStopped");
	}

}
