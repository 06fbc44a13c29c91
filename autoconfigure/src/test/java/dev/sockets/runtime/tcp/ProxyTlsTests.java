package dev.sockets.runtime.tcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.runtime.proxy.ProxyHeaders;
import dev.sockets.tcp.AddressRange;
import dev.sockets.tcp.ProxyProtocol;
import dev.sockets.tcp.ProxySettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * TLS behind a proxy: its header comes first, and in clear.
 */
@Timeout(120)
class ProxyTlsTests {

	private static final byte[] HEADER = ProxyHeaders.binary(0x21, 0x11, ProxyHeaders.addresses("192.0.2.1", 4711));

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenAProxyPassesTlsOnThenItsPeerIsTheRealOne(boolean together) throws Exception {
		TcpServer server = serve();
		try (Socket tls = connect(server, together)) {
			Peer peer = new Peer(tls);
			assertThat(peer.ask("hello")).isEqualTo("hello");
			assertThat(this.endpoints.onlyConnection(server).getRemoteAddress())
				.isEqualTo(new InetSocketAddress("192.0.2.1", 4711));
			String line = "x".repeat(50_000);
			assertThat(peer.ask(line)).isEqualTo(line);
		}
	}

	@Test
	void whenAHandshakeFailsThenTheRealAddressIsTurnedAway() {
		TcpServer server = serve();
		try (Peer peer = new Peer(server)) {
			peer.sendRaw(HEADER).trySend(ProxyHeaders.text("this is no TLS at all\n"));
			ConnectionRejectedEvent event = this.endpoints.awaitEvent(ConnectionRejectedEvent.class);
			assertThat(event.getReason()).isEqualTo(RejectionReason.TLS);
			assertThat(event.getRemoteAddress()).isEqualTo(new InetSocketAddress("192.0.2.1", 4711));
		}
	}

	private TcpServer serve() {
		return this.endpoints.serve((settings) -> settings
			.access((access) -> access.proxy(new ProxySettings(ProxyProtocol.REQUIRED,
					List.of(AddressRange.parse("127.0.0.1")), Duration.ofMinutes(1))))
			.connection((connection) -> connection.tls(TestTls.settings(TestTls.context("server")).build())));
	}

	private static Socket connect(TcpServer server, boolean together) throws IOException {
		Socket raw = together ? new HeadedSocket() : new Socket();
		raw.connect(server.getLocalAddress(), 30_000);
		raw.setSoTimeout(30_000);
		if (!together) {
			raw.getOutputStream().write(HEADER);
		}
		SSLSocket tls = (SSLSocket) TestTls.context(null)
			.getSocketFactory()
			.createSocket(raw, "localhost", server.getLocalAddress().getPort(), true);
		tls.startHandshake();
		return tls;
	}

	/** Sends the header in one segment with the first bytes that are written. */
	private static final class HeadedSocket extends Socket {

		private boolean begun;

		@Override
		public OutputStream getOutputStream() throws IOException {
			OutputStream out = super.getOutputStream();
			return new OutputStream() {

				@Override
				public void write(int value) throws IOException {
					write(new byte[] { (byte) value }, 0, 1);
				}

				@Override
				public void write(byte[] bytes, int start, int length) throws IOException {
					ByteArrayOutputStream all = new ByteArrayOutputStream();
					if (!HeadedSocket.this.begun) {
						HeadedSocket.this.begun = true;
						all.writeBytes(HEADER);
					}
					all.write(bytes, start, length);
					out.write(all.toByteArray());
				}

			};
		}

	}

}
