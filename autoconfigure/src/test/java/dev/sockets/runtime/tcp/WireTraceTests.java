package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.sockets.runtime.trace.TracedEndpoint;
import dev.sockets.runtime.trace.WireTracer;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Pcap;
import dev.sockets.testkit.Pcap.Packet;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes over the wire of an endpoint is kept for a while, when somebody says so, as a
 * file that programs for that can read.
 */
@Timeout(120)
class WireTraceTests {

	private static final Duration LONG = Duration.ofHours(1);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	@Test
	void whenATraceRunsThenOpenConnectionsAreInItBothWays() {
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			peer.ask("before");
			tracer(server).start(LONG, null);
			peer.ask("h\u00e9llo");
			peer.ask("x".repeat(50_000));
			awaitBytes(server, 100_016);
			tracer(server).stop();
			peer.ask("afterwards");
			List<Packet> packets = packets(server);
			String sent = "h\u00e9llo\n" + "x".repeat(50_000) + "\n";
			assertThat(text(packets, peer.address())).isEqualTo(sent);
			assertThat(text(packets, server.getLocalAddress())).isEqualTo(sent);
			assertThat(packets.get(0).target()).isEqualTo("127.0.0.1:" + server.getLocalAddress().getPort());
		}
	}

	@Test
	void whenAClientIsTracedThenItsBytesAreThere() {
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient(server);
		tracer(client).start(LONG, null);
		Connection connection = client.connect();
		assertThat(connection.<String>request("status")).isEqualTo("status");
		awaitBytes(client, 14);
		List<Packet> packets = packets(client);
		assertThat(text(packets, connection.getLocalAddress())).isEqualTo("status\n");
		assertThat(text(packets, connection.getRemoteAddress())).isEqualTo("status\n");
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void whenSidesHaveOnePathThenTheDirectionsAndConnectionsCanBeToldApart(@TempDir Path folder) {
		Path path = folder.resolve("s");
		TcpServer server = this.endpoints.serve((settings) -> settings.path(path));
		tracer(server).start(LONG, null);
		try (UnixPeer first = new UnixPeer(path); UnixPeer second = new UnixPeer(path)) {
			assertThat(first.ask("one")).isEqualTo("one");
			awaitBytes(server, 8);
			assertThat(second.ask("two")).isEqualTo("two");
			awaitBytes(server, 16);
		}
		List<Packet> packets = packets(server);
		assertThat(packets).extracting((packet) -> packet.source() + " > " + packet.target()).doesNotHaveDuplicates();
		assertThat(packets).extracting((packet) -> packet.source().replaceFirst(":.*", ""))
			.containsExactly("127.0.0.2", "127.0.0.1", "127.0.0.2", "127.0.0.1");
	}

	@Test
	void whenOneConnectionIsAskedForThenTheOtherIsNotThere() {
		TcpServer server = this.endpoints.server();
		try (Peer first = new Peer(server)) {
			String id = this.endpoints.onlyConnection(server).getId();
			tracer(server).start(LONG, id);
			try (Peer second = new Peer(server)) {
				second.ask("second");
				first.ask("first");
				awaitBytes(server, 12);
				assertThat(packets(server)).hasSize(2)
					.allMatch((packet) -> new String(packet.data()).equals("first\n"));
			}
		}
	}

	@Test
	void whenConnectionsAreEncryptedThenTheTraceIsPlainAndHasNothingThatPeersAuthenticateWith() {
		TcpServer server = this.endpoints.newServer("server", 0,
				(connection) -> connection.password("correct horse battery staple")
					.tls(TestTls.settings(TestTls.context("server")).build()));
		tracer(server).start(LONG, null);
		server.start();
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connection((connection) -> connection.password("correct horse battery staple")
					.tls(TestTls.settings(TestTls.context(null))
						.verifyHostname(false)

						.build())));
		Connection connection = client.connect();
		assertThat(connection.<String>request("plain")).isEqualTo("plain");
		awaitBytes(server, 12);
		List<Packet> packets = packets(server);
		assertThat(text(packets, connection.getLocalAddress())).isEqualTo("plain\n");
		assertThat(text(packets, server.getLocalAddress())).isEqualTo("plain\n");
	}

	@Test
	void whenItIsOverThenNothingMoreIsKept() {
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			tracer(server).start(LONG, null);
			peer.ask("x".repeat(50_000));
			awaitBytes(server, 100_002);
			assertThat(tracer(server).last().orElseThrow().missing()).isZero();
			tracer(server).start(Duration.ofMillis(1), null);
			Awaitility.await().atMost(TestEndpoints.SOON).until(() -> !tracer(server).isOn());
			peer.ask("off");
			assertThat(packets(server)).isEmpty();
		}
	}

	@Test
	void whenTcpdumpReadsTheFileThenAllIsRight(@TempDir Path folder) throws Exception {
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			tracer(server).start(LONG, null);
			peer.ask("hello");
			peer.ask("x".repeat(3_000));
			awaitBytes(server, 6_014);
			Path file = Files.write(folder.resolve("trace.pcap"), tracer(server).last().orElseThrow().toPcap());
			String shown = tcpdump("-nn", "-S", "-vv", "-A", "-r", file.toString());
			String source = "127.0.0.1." + peer.address().getPort();
			String target = "127.0.0.1." + server.getLocalAddress().getPort();
			assertThat(shown).contains(source + " > " + target + ": Flags [P.]")
				.contains(target + " > " + source + ": Flags [P.]")
				.contains("(correct)", "seq 1:7, ack 1", "seq 1:7, ack 7", "length 6", "hello")
				.doesNotContain("incorrect", "bad cksum", "truncated", "invalid");
		}
	}

	/** Runs it, or skips the test when there is none. */
	private static String tcpdump(String... arguments) throws InterruptedException {
		try {
			Process process = new ProcessBuilder(Stream.concat(Stream.of("tcpdump"), Stream.of(arguments)).toList())
				.redirectErrorStream(true)
				.start();
			String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).as(shown).isZero();
			return shown;
		}
		catch (IOException ex) {
			Assumptions.abort("There is no tcpdump here");
			return "";
		}
	}

	private static WireTracer tracer(Object endpoint) {
		return ((TracedEndpoint) endpoint).tracer();
	}

	private static List<Packet> packets(Object endpoint) {
		return Pcap.read(tracer(endpoint).last().orElseThrow().toPcap());
	}

	/** A write is told when it is over, which the peer may see before. */
	private static void awaitBytes(Object endpoint, int bytes) {
		Awaitility.await()
			.atMost(TestEndpoints.SOON)
			.until(() -> packets(endpoint).stream().mapToInt((packet) -> packet.data().length).sum() == bytes);
	}

	private static String text(List<Packet> packets, InetSocketAddress source) {
		return new String(Pcap.stream(packets, source.getAddress().getHostAddress() + ":" + source.getPort()),
				StandardCharsets.UTF_8);
	}

}
