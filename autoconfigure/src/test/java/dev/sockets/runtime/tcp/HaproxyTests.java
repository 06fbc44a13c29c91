package dev.sockets.runtime.tcp;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.AddressRange;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ProxyProtocol;
import dev.sockets.tcp.ProxySettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * A server behind a real HAProxy, where one is installed.
 */
@Timeout(120)
class HaproxyTests {

	private static final List<String> PLACES = List.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy",
			"/usr/bin/haproxy");

	private final int port = Ports.free();

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	@AutoClose
	private final AutoCloseable ending = this::end;

	@TempDir
	private Path directory;

	private Process process;

	@ParameterizedTest
	@ValueSource(
			strings = { "send-proxy", "send-proxy-v2", "send-proxy-v2 proxy-v2-options crc32c,unique-id,authority" })
	void whenHaproxyPassesConnectionsOnThenTheirPeersAreTheRealOnes(String options) throws Exception {
		TcpServer server = serve(1000);
		start(server, options);
		try (Peer one = peer("127.0.0.7"); Peer other = peer("127.0.0.8")) {
			assertThat(one.ask("hello")).isEqualTo("hello");
			assertThat(other.ask("hello")).isEqualTo("hello");
			Awaitility.await()
				.untilAsserted(() -> assertThat(server.getConnections()).extracting(Connection::getRemoteAddress)
					.containsExactlyInAnyOrder(one.address(), other.address()));
			String lines = "0123456789\n".repeat(50_000);
			one.sendRaw(lines.getBytes()).finish();
			assertThat(one.readAll()).hasSize(lines.length());
		}
	}

	@Test
	void whenHaproxyPassesOnWhomTheRulesKeepOutThenOnlyTheyAreTurnedAway() throws Exception {
		TcpServer server = serve(1);
		start(server, "send-proxy-v2");
		try (Peer allowed = peer("127.0.0.7");
				Peer second = peerAfter(allowed, "127.0.0.7");
				Peer denied = peer("127.0.0.66")) {
			assertThat(second.trySend("hello\n".getBytes()).readLineOrReset()).isNull();
			assertThat(denied.trySend("hello\n".getBytes()).readLineOrReset()).isNull();
			assertThat(this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 2))
				.extracting(ConnectionRejectedEvent::getReason, ConnectionRejectedEvent::getRemoteAddress)
				.containsExactlyInAnyOrder(tuple(RejectionReason.ADDRESS_LIMIT, second.address()),
						tuple(RejectionReason.DENIED, denied.address()));
			assertThat(allowed.ask("still")).isEqualTo("still");
		}
	}

	@Test
	void whenHaproxyChecksTheServersHealthThenItSpeaksForItself() throws Exception {
		TcpServer server = serve(1000);
		start(server, "send-proxy-v2 check inter 100ms");
		ConnectedEvent check = this.endpoints.awaitEvents(ConnectedEvent.class, 3).get(2);
		assertThat(check.getConnection().getRemoteAddress().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
		assertThat(server.statistics().connections().rejected()).containsEntry("PROXY_HEADER", 0L);
	}

	private TcpServer serve(int perAddress) {
		return this.endpoints.serve((settings) -> settings.maxConnectionsPerAddress(perAddress)
			.access((access) -> access.deny(List.of(AddressRange.parse("127.0.0.66")))
				.proxy(new ProxySettings(ProxyProtocol.REQUIRED, List.of(AddressRange.parse("127.0.0.1")),
						Duration.ofMinutes(1)))));
	}

	private Peer peer(String address) {
		return new Peer(new InetSocketAddress(address, 0), new InetSocketAddress("127.0.0.1", this.port));
	}

	private Peer peerAfter(Peer first, String address) {
		assertThat(first.ask("hello")).isEqualTo("hello");
		return peer(address);
	}

	private void start(TcpServer server, String options) throws IOException {
		Stream<String> places = Stream.concat(PLACES.stream(),
				Stream.of(System.getenv("PATH").split(File.pathSeparator)).map((place) -> place + "/haproxy"));
		String program = places.filter((place) -> Files.isExecutable(Path.of(place))).findFirst().orElse(null);
		Assumptions.assumeTrue(program != null, "haproxy is not installed");
		Path configuration = Files.writeString(this.directory.resolve("haproxy.cfg"), """
				defaults
				  mode tcp
				  timeout connect 30s
				  timeout client 60s
				  timeout server 60s
				listen relay
				  bind 127.0.0.1:%d
				  server s1 127.0.0.1:%d source 127.0.0.1 %s
				""".formatted(this.port, server.getLocalAddress().getPort(), options));
		this.process = new ProcessBuilder(program, "-db", "-f", configuration.toString()).inheritIO().start();
		Awaitility.await().until(this::listens);
	}

	private boolean listens() throws IOException {
		assertThat(this.process.isAlive()).as("haproxy runs").isTrue();
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("127.0.0.1", this.port), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void end() throws InterruptedException {
		if (this.process != null) {
			this.process.destroy();
			this.process.waitFor(30, TimeUnit.SECONDS);
		}
	}

}
