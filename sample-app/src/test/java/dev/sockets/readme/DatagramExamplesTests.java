package dev.sockets.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.udp.UdpReceiver;

import static dev.sockets.readme.Examples.DEADLINE;
import static dev.sockets.readme.Examples.await;
import static dev.sockets.readme.Examples.runner;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the documentation that are about multicast and UDP.
 */
class DatagramExamplesTests {

	@Test
	void whenNewsAreAnnouncedAndAskedForThenTheyAreReadAndAnswered() {
		String group = "239.255.72." + ThreadLocalRandom.current().nextInt(1, 255);
		runner().withInitializer(new YamlFile(Page.of("multicast").yaml("news:")))
			.withBean(NewsDesk.class)
			.withPropertyValues("sockets.multicast.receiver.news.groups=" + group,
					"sockets.multicast.sender.announcer.group=" + group,
					"sockets.multicast.receiver.news.network-interfaces=127.0.0.1",
					"sockets.multicast.sender.announcer.network-interface=127.0.0.1",
					"sockets.multicast.sender.announcer.time-to-live=0")
			.run((context) -> {
				NewsDesk desk = context.getBean(NewsDesk.class);
				desk.announce("hello");
				assertThat(desk.ask("are you there?")).isEqualTo("read are you there?");
				await().until(() -> context.getBean(MulticastReceiver.class).status().messagesReceived() == 2);
			});
	}

	@Test
	void whenDatagramsAreSentAndAskedForThenTheyArriveAndAreAnswered() throws IOException {
		try (DatagramSocket device = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
			device.setSoTimeout(DEADLINE);
			CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> answer(device),
					(task) -> new Thread(task).start());
			runner().withInitializer(new YamlFile(Page.of("udp").yaml("weights:")))
				.withBean(Scales.class)
				.withPropertyValues("sockets.udp.receiver.weights.port=0", "sockets.udp.sender.scale.host=127.0.0.1",
						"sockets.udp.sender.scale.port=" + device.getLocalPort(),
						"sockets.udp.sender.everybody.host=127.0.0.1",
						"sockets.udp.sender.everybody.port=" + device.getLocalPort())
				.run((context) -> {
					Scales scales = context.getBean(Scales.class);
					assertThat(scales.weigh()).isEqualTo("17");
					scales.wakeAll();
					assertThat(heard.get(DEADLINE, TimeUnit.MILLISECONDS)).isEqualTo("WEIGH WAKE");
					UdpReceiver weights = context.getBean(UdpReceiver.class);
					device.send(packet("18", new InetSocketAddress("127.0.0.1", weights.getLocalAddress().getPort())));
					assertThat(text(device)).isEqualTo("noted 18");
				});
		}
	}

	private static String answer(DatagramSocket device) {
		try {
			DatagramPacket request = receive(device);
			device.send(packet("17", (InetSocketAddress) request.getSocketAddress()));
			return new String(request.getData(), 0, request.getLength(), StandardCharsets.UTF_8) + " " + text(device);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(DatagramSocket device) throws IOException {
		DatagramPacket packet = receive(device);
		return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
	}

	private static DatagramPacket receive(DatagramSocket device) throws IOException {
		DatagramPacket packet = new DatagramPacket(new byte[100], 100);
		device.receive(packet);
		return packet;
	}

	private static DatagramPacket packet(String text, InetSocketAddress to) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new DatagramPacket(bytes, bytes.length, to);
	}

}
