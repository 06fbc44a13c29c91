package dev.sockets.testslice;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.test.SocketTest;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Receivers of a slice receive on free ports, and its senders reach nobody but them.
 */
@SocketTest(useDefaultFilters = false,
		properties = { "sockets.udp.receiver.readings.port=5101", "sockets.udp.receiver.readings.inbox.capacity=9",
				"sockets.udp.sender.sensor.host=localhost", "sockets.udp.sender.sensor.port=5101",
				"sockets.udp.sender.sensor.local-address=192.0.2.9", "sockets.udp.sender.stray.host=127.0.0.1",
				"sockets.udp.sender.stray.port=${outside.port}", "sockets.udp.sender.free.events=all",
				"sockets.multicast.receiver.news.port=5102", "sockets.multicast.receiver.news.groups=239.1.2.3",
				"sockets.multicast.receiver.news.inbox.capacity=9", "sockets.multicast.sender.desk.group=239.1.2.3",
				"sockets.multicast.sender.desk.port=5102", "sockets.multicast.sender.desk.time-to-live=9",
				"sockets.multicast.sender.alone.group=239.1.2.4", "sockets.multicast.sender.alone.port=5102" })
class LocalDatagramsTests {

	private static final DatagramSocket outside = outside();

	@Autowired
	private ApplicationContext context;

	@DynamicPropertySource
	static void outside(DynamicPropertyRegistry properties) {
		properties.add("outside.port", outside::getLocalPort);
	}

	@AfterAll
	static void nothingWasSentOutside() throws IOException {
		byte[] mark = "mark".getBytes(StandardCharsets.UTF_8);
		outside.send(new DatagramPacket(mark, mark.length, outside.getLocalSocketAddress()));
		DatagramPacket first = new DatagramPacket(new byte[100], 100);
		outside.receive(first);
		assertThat(new String(first.getData(), 0, first.getLength(), StandardCharsets.UTF_8)).isEqualTo("mark");
		outside.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "readings", "news" })
	void whenThereIsAReceiverThenItsPortIsFree(String name) {
		assertThat(receiver(name).getLocalAddress().getPort()).isPositive().isNotIn(5101, 5102);
	}

	@Test
	void whenTheTargetIsAReceiverOfTheContextThenTheSenderSendsToItsNewPort() {
		sender("sensor").send("17");
		assertThat(next("readings")).isEqualTo("17");
	}

	@Test
	void whenAReceiverStartsAgainThenItsSenderFindsItsNewPort() {
		receiver("readings").stop();
		receiver("readings").start();
		sender("sensor").send("18");
		assertThat(next("readings")).isEqualTo("18");
	}

	@Test
	void whenTheTargetIsSomebodyElseThenTheSenderIsNotStartedAndSendsNothing() {
		UdpSender stray = sender("stray");
		assertThat(stray.isRunning()).isFalse();
		stray.start();
		assertThatIllegalStateException().isThrownBy(() -> stray.send("17"))
			.withMessage("'stray' does not send in this test: no receiver of the context is configured to receive on "
					+ "127.0.0.1:" + outside.getLocalPort());
		assertThat(stray.sendAsync("17")).isCompletedExceptionally();
		assertThat(stray.requestAsync("17")).isCompletedExceptionally();
		stray.stop();
	}

	@Test
	void whenEachCallSaysWhereThenTheSenderIsStartedByTheTest() {
		UdpSender free = sender("free");
		assertThat(free.isRunning()).isFalse();
		free.start();
		free.send(new InetSocketAddress("localhost", receiver("readings").getLocalAddress().getPort()), "19");
		assertThat(next("readings")).isEqualTo("19");
		free.stop();
	}

	@Test
	void whenTheGroupIsReceivedByTheContextThenTheSenderSendsToItsNewPort() {
		sender("desk").send("rain");
		assertThat(next("news")).isEqualTo("rain");
	}

	@Test
	void whenTheGroupIsNotReceivedByTheContextThenTheSenderIsStarted() {
		assertThat(sender("alone").isRunning()).isTrue();
		sender("alone").send("rain");
	}

	private UdpReceiver receiver(String name) {
		return this.context.getBean(name, UdpReceiver.class);
	}

	private UdpSender sender(String name) {
		return this.context.getBean(name, UdpSender.class);
	}

	private Object next(String receiver) {
		return Awaitility.await()
			.until(() -> receiver(receiver).inbox()
				.drain()
				.stream()
				.filter(MessageReceivedEvent.class::isInstance)
				.map((event) -> ((MessageReceivedEvent<?>) event).getPayload())
				.findFirst()
				.orElse(null), (payload) -> payload != null);
	}

	private static DatagramSocket outside() {
		try {
			DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
			socket.setSoTimeout(30_000);
			return socket;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
