package dev.sockets.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the proxy promises, between two plain sockets.
 */
@Timeout(60)
class FaultProxyTests {

	private static final int MANY = 8 * 1024 * 1024;

	private ServerSocket listener;

	private FaultProxy proxy;

	private Socket client;

	private Socket server;

	@BeforeEach
	void connect() throws IOException {
		this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		this.proxy = FaultProxy.to((InetSocketAddress) this.listener.getLocalSocketAddress(), 16 * 1024);
		this.client = new Socket(this.proxy.getAddress().getAddress(), this.proxy.getPort());
		this.server = this.listener.accept();
		this.client.setSoTimeout(15_000);
		this.server.setSoTimeout(15_000);
	}

	@AfterEach
	void close() throws IOException {
		this.client.close();
		this.server.close();
		this.proxy.close();
		this.listener.close();
	}

	@Test
	void whenNothingIsSetThenForwardsBothWaysAndTheEnd() throws IOException {
		byte[] bytes = new byte[100_000];
		bytes[99_999] = 1;
		this.client.getOutputStream().write(bytes);
		this.client.shutdownOutput();
		assertThat(this.server.getInputStream().readAllBytes()).isEqualTo(bytes);
		send(this.server, "bye");
		this.server.close();
		assertThat(this.client.getInputStream().readAllBytes()).isEqualTo(bytes("bye"));
		Awaitility.await().until(() -> this.proxy.getConnections() == 0);
	}

	@Test
	void whenDelayedThenArrivesLater() throws IOException {
		this.proxy.toTarget().delay(Duration.ofMillis(200));
		long start = System.nanoTime();
		send(this.client, "late");
		assertThat(receive(this.server, 4)).isEqualTo("late");
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos());
	}

	@Test
	void whenSlicedThenArrivesInPieces() throws IOException {
		this.proxy.toTarget().slice(2).delay(Duration.ofMillis(50));
		long start = System.nanoTime();
		send(this.client, "abcde");
		assertThat(receive(this.server, 2)).isEqualTo("ab");
		assertThat(receive(this.server, 3)).isEqualTo("cde");
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(3 * 50).toNanos());
	}

	@Test
	void whenStalledThenSenderFeelsItUntilHealed() throws Exception {
		this.proxy.toClient().stall();
		Thread sender = new Thread(() -> {
			try {
				this.server.getOutputStream().write(new byte[MANY]);
				this.server.close();
			}
			catch (IOException ex) {
				// seen by the reader
			}
		});
		sender.start();
		sender.join(300);
		assertThat(sender.isAlive()).isTrue();
		send(this.client, "the other way is open");
		assertThat(receive(this.server, 21)).isEqualTo("the other way is open");
		this.proxy.heal();
		assertThat(this.client.getInputStream().readAllBytes()).hasSize(MANY);
		sender.join();
	}

	@Test
	void whenCutThenBothSidesSeeTheEnd() throws IOException {
		this.proxy.cut();
		assertThat(this.client.getInputStream().read()).isEqualTo(-1);
		assertThat(this.server.getInputStream().read()).isEqualTo(-1);
		Awaitility.await().until(() -> this.proxy.getConnections() == 0);
	}

	@Test
	void whenCutAfterBytesThenTheyArriveAndTheEnd() throws IOException {
		this.proxy.toTarget().cutAfter(3);
		send(this.client, "abcde");
		assertThat(this.server.getInputStream().readAllBytes()).isEqualTo(bytes("abc"));
		send(this.server, "still open");
		assertThat(receive(this.client, 10)).isEqualTo("still open");
	}

	@Test
	void whenResetThenBothSidesSeeIt() {
		this.proxy.reset();
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> this.client.getInputStream().read())
			.withMessageContaining("reset");
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> this.server.getInputStream().read())
			.withMessageContaining("reset");
	}

	@Test
	void whenResetAfterBytesThenTheyArriveAndTheReset() throws IOException {
		this.proxy.toTarget().resetAfter(3);
		send(this.client, "abcde");
		assertThat(receive(this.server, 3)).isEqualTo("abc");
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> this.server.getInputStream().read())
			.withMessageContaining("reset");
	}

	@Test
	void whenOneSideResetsThenTheOtherIsResetToo() throws IOException {
		this.client.setSoLinger(true, 0);
		this.client.close();
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> this.server.getInputStream().read())
			.withMessageContaining("reset");
	}

	@Test
	void whenInjectedThenArrivesBetweenWhatIsSent() throws IOException {
		send(this.client, "a");
		assertThat(receive(this.server, 1)).isEqualTo("a");
		this.proxy.toTarget().inject(bytes("?!"));
		send(this.client, "b");
		assertThat(receive(this.server, 3)).isEqualTo("?!b");
	}

	@Test
	void whenHalfOpenThenNothingArrivesNotEvenTheEnd() throws IOException {
		this.proxy.halfOpen();
		send(this.client, "lost");
		this.client.close();
		this.server.setSoTimeout(300);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> this.server.getInputStream().read());
		this.server.getOutputStream().write(new byte[MANY]);
	}

	@Test
	void whenTargetIsGoneThenClientIsClosed() throws IOException {
		this.listener.close();
		try (Socket late = new Socket(this.proxy.getAddress().getAddress(), this.proxy.getPort())) {
			assertThat(late.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void whenClosedThenItsThreadsEnd() {
		this.proxy.toClient().stall();
		this.proxy.close();
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().startsWith("fault-proxy")));
	}

	private static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(bytes(text));
	}

	private static String receive(Socket socket, int count) throws IOException {
		return new String(socket.getInputStream().readNBytes(count), StandardCharsets.UTF_8);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
