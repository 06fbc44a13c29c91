package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.EndpointStartException;
import dev.sockets.SocketErrorCode;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.WhenFull;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A server that listens on several ports is one server.
 */
@Timeout(60)
class SeveralPortsTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	@Test
	void whenAServerHasSeveralPortsThenItServesAllAndConnectionsTellTheirs() {
		TcpServer server = serve(3);
		this.endpoints
			.onMessage((message) -> message.reply(String.valueOf(message.getConnection().getLocalAddress().getPort())));
		List<InetSocketAddress> addresses = server.getLocalAddresses();
		assertThat(addresses).hasSize(3).doesNotHaveDuplicates().startsWith(server.getLocalAddress());
		for (InetSocketAddress address : addresses) {
			try (Peer peer = new Peer(address, 0)) {
				assertThat(peer.ask("which?")).isEqualTo(String.valueOf(address.getPort()));
			}
		}
		assertThat(this.endpoints.awaitEvents(ConnectedEvent.class, 3))
			.extracting((event) -> event.getConnection().getLocalAddress().getPort())
			.containsExactlyElementsOf(addresses.stream().map(InetSocketAddress::getPort).toList());
		assertThat(this.endpoints.events(EndpointStartedEvent.class)).singleElement()
			.extracting(EndpointStartedEvent::getAddress)
			.isEqualTo(addresses.get(0));
	}

	@Test
	void whenAServerIsFullThenItIsOnAllItsPortsAndRejectionsTellTheirs() {
		TcpServer server = this.endpoints.echo().serve((settings) -> settings.ports(List.of(0, 0)).maxConnections(1));
		try (Peer first = new Peer(server)) {
			assertThat(first.ask("in")).isEqualTo("in");
			try (Peer second = new Peer(server.getLocalAddresses().get(1), 0)) {
				assertThat(second.readLineOrReset()).isNull();
				assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getLocalAddress())
					.isEqualTo(server.getLocalAddresses().get(1));
			}
		}
	}

	@Test
	void whenConnectionsWaitOnSeveralPortsThenNoneIsRejectedAndTheLimitHolds() {
		TcpServer server = this.endpoints.echo()
			.serve((settings) -> settings.ports(List.of(0, 0, 0)).maxConnections(2).whenFull(WhenFull.WAIT));
		List<CompletableFuture<Void>> all = server.getLocalAddresses()
			.stream()
			.map((address) -> OwnThread.run(() -> IntStream.range(0, 50).forEach((i) -> {
				try (Peer peer = new Peer(address, 0)) {
					assertThat(peer.ask("hello")).isEqualTo("hello");
					assertThat(server.getConnections().size()).isLessThanOrEqualTo(2);
				}
			})))
			.toList();
		assertThat(all).allSatisfy((one) -> assertThat(one).succeedsWithin(TestEndpoints.SOON));
		assertThat(this.endpoints.events(ConnectionRejectedEvent.class)).isEmpty();
	}

	@Test
	void whenOneOfThePortsIsInUseThenNoneIsTakenAndTheServerStartsLater() throws IOException {
		int free = Ports.free();
		TcpServer server;
		List<Integer> ports;
		try (ServerSocket taken = socket()) {
			ports = List.of(free, taken.getLocalPort());
			List<Integer> wanted = ports;
			server = this.endpoints.newServer("several", (settings) -> settings.ports(wanted));
			assertThatExceptionOfType(EndpointStartException.class).isThrownBy(server::start)
				.satisfies((failure) -> assertThat(failure.getAddress().getPort()).isEqualTo(taken.getLocalPort()))
				.extracting(EndpointStartException::getCode)
				.isEqualTo(SocketErrorCode.ADDRESS_IN_USE);
			assertThat(server.isRunning()).isFalse();
			assertThat(isFree(new InetSocketAddress("127.0.0.1", free))).isTrue();
		}
		server.start();
		assertThat(server.getLocalAddresses()).extracting(InetSocketAddress::getPort).isEqualTo(ports);
	}

	private static ServerSocket socket() throws IOException {
		return new ServerSocket(Ports.free(), 1, InetAddress.getLoopbackAddress());
	}

	@Test
	void whenTheServerStopsThenAllItsPortsAreFreeAndItCanStartAgain() {
		TcpServer server = serve(3);
		List<InetSocketAddress> addresses = server.getLocalAddresses();
		server.stop();
		addresses.forEach((address) -> Awaitility.await().until(() -> isFree(address)));
		server.start();
		assertThat(server.getLocalAddresses()).hasSize(3);
		try (Peer peer = new Peer(server.getLocalAddresses().get(2), 0)) {
			Connection connection = this.endpoints.onlyConnection(server);
			assertThat(connection.getRemoteAddress()).isEqualTo(peer.address());
		}
	}

	private static boolean isFree(InetSocketAddress address) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(address);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private TcpServer serve(int count) {
		return this.endpoints
			.serve((settings) -> settings.ports(IntStream.range(0, count).mapToObj((i) -> 0).toList()));
	}

}
