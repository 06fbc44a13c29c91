package dev.sockets.runtime.multicast;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointState;
import dev.sockets.MessagePeer;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.EndpointFailedEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.event.SendFailedEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.multicast.MulticastStartException;
import dev.sockets.testkit.Ports;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Datagrams without groups.
 */
@Timeout(120)
class UdpTests {

	private static final String LOOPBACK_BROADCAST = "127.255.255.255";

	private final TestMulticast udp = new TestMulticast();

	@AfterEach
	void close() {
		this.udp.close();
	}

	@Test
	void whenAHostIsSentToThenItsReceiverGetsTheMessagesInOrder() {
		UdpReceiver receiver = this.udp.udpReceiver((settings) -> settings.host("127.0.0.1"));
		UdpSender sender = sender("127.0.0.1", receiver);
		for (int i = 0; i < 10; i++) {
			sender.send("message " + i);
		}
		assertThat(this.udp.awaitReceived(receiver, 10)).startsWith("message 0", "message 1").endsWith("message 9");
		MessageReceivedEvent<?> event = this.udp.awaitEvent(MessageReceivedEvent.class);
		assertThat(event.getGroup()).isNull();
		assertThat(event.getPeer().getRemoteAddress().getAddress().isLoopbackAddress()).isTrue();
		MessageSentEvent<?> sent = this.udp.awaitEvent(MessageSentEvent.class);
		assertThat(sent.getGroup()).isNull();
		assertThat(sent.getPeer().getRemoteAddress().getPort()).isEqualTo(port(receiver));
		assertThat(receiver.getLocalAddress()).isEqualTo(new InetSocketAddress("127.0.0.1", port(receiver)));
	}

	@Test
	void whenAHostIsANameThenItIsLookedUp() {
		UdpReceiver receiver = this.udp.udpReceiver((settings) -> {
		});
		UdpSender sender = sender("localhost", receiver);
		sender.send("hello");
		assertThat(this.udp.awaitReceived(receiver, 1)).containsExactly("hello");
	}

	@Test
	void whenThereIsNoSuchHostThenTheSenderIsFailingAndSaysSo() {
		UdpSender sender = this.udp.udpSender((settings) -> settings.host("nobody.invalid").port(4000));
		assertThat(sender.status().state()).isEqualTo(EndpointState.FAILING);
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> sender.send("hello"))
			.withMessageContaining("nothing can be sent to nobody.invalid:4000: there is no host of that name")
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.SEND_FAILED));
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> sender.request("hello", TestMulticast.SOON))
			.withMessageContaining("there is no host of that name");
		assertThat(this.udp.awaitEvent(EndpointFailedEvent.class).getSource()).isSameAs(sender);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void whenABroadcastAddressIsSentToThenTheReceiverGetsItAndAnswers() {
		UdpReceiver receiver = this.udp.udpReceiver((settings) -> {
		});
		receiver.addHandler((peer, payload) -> "re " + payload);
		UdpSender sender = this.udp.udpSender((settings) -> settings.host(LOOPBACK_BROADCAST)
			.port(port(receiver))
			.broadcast(true)
			.localAddress("127.0.0.1"));
		sender.send("to all");
		assertThat(this.udp.awaitReceived(receiver, 1)).containsExactly("to all");
		assertThat(sender.<String>request("who is there?", TestMulticast.SOON)).isEqualTo("re who is there?");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void whenBroadcastIsOffThenABroadcastAddressIsRefusedAndThatIsSaid() {
		UdpSender sender = this.udp.udpSender((settings) -> settings.host(LOOPBACK_BROADCAST).port(4000));
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> sender.send("to all"))
			.withMessageContaining("it is a broadcast address and sockets.udp.sender.udp-sender.broadcast is off");
		assertThat(sender.status().state()).isEqualTo(EndpointState.FAILING);
		UdpReceiver receiver = this.udp.udpReceiver((settings) -> {
		});
		sender.send(new InetSocketAddress("127.0.0.1", port(receiver)), "to one");
		assertThat(this.udp.awaitReceived(receiver, 1)).containsExactly("to one");
		assertThat(sender.status().state()).isEqualTo(EndpointState.READY);
	}

	@Test
	void whenAnEventIsRepliedToThenTheSenderOfTheDatagramGetsIt() throws Exception {
		this.udp.onMessage((event) -> event.reply("re " + event.getPayload()));
		UdpReceiver receiver = this.udp.udpReceiver((settings) -> settings.host("127.0.0.1"));
		try (UdpPeer peer = new UdpPeer()) {
			peer.send(receiver.getLocalAddress(), "hello".getBytes(StandardCharsets.UTF_8));
			assertThat(peer.receive(30_000)).isEqualTo("re hello".getBytes(StandardCharsets.UTF_8));
		}
	}

	@Test
	void whenAHandlerAnswersLaterThenTheRequestGetsIt() {
		UdpReceiver receiver = this.udp.udpReceiver((settings) -> settings.host("127.0.0.1"));
		CompletableFuture<String> later = new CompletableFuture<>();
		AtomicReference<MessagePeer> peer = new AtomicReference<>();
		receiver.addHandler((from, payload) -> {
			peer.set(from);
			return later;
		});
		UdpSender sender = this.udp.udpSender(
				(settings) -> settings.host("127.0.0.1").port(port(receiver)).requestTimeout(TestMulticast.SOON));
		CompletableFuture<String> answer = sender.requestAsync("hello");
		Awaitility.await().atMost(TestMulticast.SOON).until(() -> peer.get() != null);
		assertThat(answer).isNotDone();
		later.complete("later");
		assertThat(answer).succeedsWithin(TestMulticast.SOON).isEqualTo("later");
	}

	@Test
	void whenSomebodyElseAnswersThenTheRequestWaitsForWhomItHasAsked() throws Exception {
		InetAddress other = InetAddress.getByName("127.0.0.2");
		UdpReceiver receiver = this.udp.udpReceiver((settings) -> settings.host("127.0.0.1"));
		receiver.addHandler((peer, payload) -> {
			byte[] bytes = "of a stranger".getBytes(StandardCharsets.UTF_8);
			try (DatagramSocket stranger = new DatagramSocket(0, other)) {
				stranger.send(new DatagramPacket(bytes, bytes.length, peer.getRemoteAddress()));
			}
			return "of whom it has asked";
		});
		UdpSender sender = sender("127.0.0.1", receiver);
		assertThat(sender.<String>request("hello", TestMulticast.SOON)).isEqualTo("of whom it has asked");
	}

	/**
	 * Each request has a port of its own, so no answer can be taken for another one's.
	 */
	@Test
	void whenAnAnswerIsLostOrLateOrOvertakenThenEachRequestGetsItsOwn() {
		Queue<MessagePeer> lost = new ConcurrentLinkedQueue<>();
		UdpReceiver receiver = this.udp.udpReceiver((settings) -> settings.host("127.0.0.1"));
		CompletableFuture<String> overtaken = new CompletableFuture<>();
		receiver.addHandler((peer, payload) -> {
			if (payload.equals("lost")) {
				lost.add(peer);
				return null;
			}
			lost.forEach((first) -> first.send("re lost, too late"));
			return payload.equals("overtaken") ? overtaken : "re " + payload;
		});
		UdpSender sender = sender("127.0.0.1", receiver);
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> sender.request("lost", Duration.ofMillis(200)));
		CompletableFuture<String> second = sender.requestAsync("overtaken");
		for (int i = 0; i < 20; i++) {
			assertThat(sender.<String>request("q" + i, TestMulticast.SOON)).isEqualTo("re q" + i);
		}
		assertThat(second).isNotDone();
		overtaken.complete("re overtaken");
		assertThat(second).succeedsWithin(TestMulticast.SOON).isEqualTo("re overtaken");
	}

	@Test
	void whenALocalAddressIsGivenThenMessagesComeFromIt() {
		UdpReceiver receiver = this.udp.udpReceiver((settings) -> {
		});
		UdpSender sender = this.udp
			.udpSender((settings) -> settings.host("127.0.0.1").port(port(receiver)).localAddress("127.0.0.3"));
		sender.send("hello");
		assertThat(this.udp.awaitEvent(MessageReceivedEvent.class).getPeer().getRemoteAddress().getHostString())
			.isEqualTo("127.0.0.3");
	}

	@Test
	void whenTheLocalAddressIsNotOursThenTheSenderSaysSo() {
		UdpSender sender = this.udp
			.udpSender((settings) -> settings.host("127.0.0.1").port(4000).localAddress("192.0.2.1"));
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> sender.send("hello"))
			.withMessageContaining("sockets.udp.sender.udp-sender.local-address is not of this machine");
	}

	@Test
	void whenTheReceiverIsIpv6ThenItGetsBothKinds() {
		Assumptions.assumeTrue(hasIpv6(), "this machine has no IPv6");
		UdpReceiver receiver = this.udp.udpReceiver((settings) -> settings.host("::"));
		UdpSender sender = this.udp.udpSender((settings) -> {
		});
		sender.send(new InetSocketAddress("127.0.0.1", port(receiver)), "by IPv4");
		sender.send(new InetSocketAddress("::1", port(receiver)), "by IPv6");
		assertThat(this.udp.awaitReceived(receiver, 2)).containsExactly("by IPv4", "by IPv6");
	}

	@Test
	void whenAPortIsTakenThenTheSecondReceiverCannotStart() {
		int port = Ports.free();
		UdpReceiver first = this.udp.udpReceiver((settings) -> settings.port(port));
		UdpReceiver second = this.udp.newUdpReceiver("second", (settings) -> settings.port(port));
		assertThatExceptionOfType(MulticastStartException.class).isThrownBy(second::start).satisfies((ex) -> {
			assertThat(ex.getCode()).isEqualTo(SocketErrorCode.ADDRESS_IN_USE);
			assertThat(ex.getProperty()).isEqualTo("sockets.udp.receiver.second.port");
			assertThat(ex.getProblem()).isEqualTo("UDP port " + port + " is in use");
		});
		first.stop();
		second.start();
		assertThat(port(second)).isEqualTo(port);
	}

	@Test
	void whenTheHostIsNotOursThenTheReceiverCannotStart() {
		UdpReceiver elsewhere = this.udp.newUdpReceiver("elsewhere", (settings) -> settings.host("192.0.2.1"));
		assertThatExceptionOfType(MulticastStartException.class).isThrownBy(elsewhere::start)
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("sockets.udp.receiver.elsewhere.host"));
		UdpReceiver nowhere = this.udp.newUdpReceiver("nowhere", (settings) -> settings.host("nobody.invalid"));
		assertThatExceptionOfType(MulticastStartException.class).isThrownBy(nowhere::start)
			.withMessageContaining("there is no host 'nobody.invalid'");
	}

	@Test
	void whenAReceiverIsRestartedThenItsPortIsFreeForItself() {
		int port = Ports.free();
		UdpReceiver again = this.udp.newUdpReceiver("again", (settings) -> settings.port(port));
		for (int i = 1; i <= 5; i++) {
			again.start();
			this.udp.udpSender((settings) -> settings.host("127.0.0.1").port(port)).send("message");
			this.udp.awaitReceived(again, i);
			again.stop();
		}
		assertThat(again.status().state()).isEqualTo(EndpointState.STOPPED);
	}

	@Test
	void whenSourcesAreGivenThenOnlyTheirDatagramsAreTaken() {
		UdpReceiver receiver = this.udp.udpReceiver((settings) -> settings.sources(List.of("127.0.0.3")));
		this.udp.udpSender((settings) -> settings.host("127.0.0.1").port(port(receiver)).localAddress("127.0.0.4"))
			.send("of a stranger");
		this.udp.udpSender((settings) -> settings.host("127.0.0.1").port(port(receiver)).localAddress("127.0.0.3"))
			.send("of a source");
		assertThat(this.udp.awaitReceived(receiver, 1)).containsExactly("of a source");
		assertThat(receiver.statistics().datagrams().dropped()).containsEntry("OTHER_SOURCE", 1L);
	}

	@Test
	void whenAGroupIsSentToThenItIsRefused() {
		UdpSender sender = this.udp.udpSender((settings) -> {
		});
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> sender.send(new InetSocketAddress("239.1.2.3", 4000), "hello"))
			.withMessage("'udp-sender' does not send to groups such as 239.1.2.3: a multicast sender does");
		assertThat(this.udp.awaitEvent(SendFailedEvent.class).getCode()).isEqualTo(SocketErrorCode.SEND_FAILED);
		assertThat(sender.status().state()).isEqualTo(EndpointState.READY);
	}

	@Test
	void whenNoHostIsGivenThenEachCallNamesOne() {
		UdpReceiver receiver = this.udp.udpReceiver((settings) -> {
		});
		UdpSender sender = this.udp.udpSender((settings) -> {
		});
		assertThatIllegalStateException().isThrownBy(() -> sender.send("hello"))
			.withMessage("'udp-sender' has no host; set sockets.udp.sender.udp-sender.host and .port, or name one in "
					+ "the call");
		sender.send(new InetSocketAddress("127.0.0.1", port(receiver)), "hello");
		assertThat(this.udp.awaitReceived(receiver, 1)).containsExactly("hello");
	}

	@Test
	void whenThereAreNoGroupsThenNeitherKindIsTakenForTheOther() {
		UdpReceiver receiver = this.udp.udpReceiver((settings) -> {
		});
		UdpSender sender = this.udp.udpSender((settings) -> {
		});
		assertThat(receiver).isNotInstanceOf(MulticastReceiver.class).hasToString("UDP receiver 'udp-receiver'");
		assertThat(sender).isNotInstanceOf(MulticastSender.class).hasToString("UDP sender 'udp-sender'");
		assertThat(receiver.status().kind()).isEqualTo(EndpointKind.UDP_RECEIVER);
		assertThat(sender.status().kind()).isEqualTo(EndpointKind.UDP_SENDER);
		MulticastReceiverSettings receives = MulticastReceiverSettings.builder("news").port(0).build();
		MulticastSenderSettings sends = MulticastSenderSettings.udp("scale").build();
		assertThatIllegalArgumentException().isThrownBy(() -> this.udp.endpoints().udpReceiver(receives))
			.withMessage("These are settings of a MULTICAST_RECEIVER, not of a UDP_RECEIVER");
		assertThatIllegalArgumentException().isThrownBy(() -> this.udp.endpoints().sender(sends));
	}

	private static boolean hasIpv6() {
		try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("::1", 0))) {
			return socket.isBound();
		}
		catch (SocketException ex) {
			return false;
		}
	}

	private UdpSender sender(String host, UdpReceiver receiver) {
		return this.udp
			.udpSender((settings) -> settings.host(host).port(port(receiver)).requestTimeout(TestMulticast.SOON));
	}

	private static int port(UdpReceiver receiver) {
		return receiver.getLocalAddress().getPort();
	}

}
