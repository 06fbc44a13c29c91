package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.EndpointState;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.Codecs;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.event.SendFailedEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastSender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Messages from senders to receivers and back.
 */
@Timeout(120)
class MulticastTests {

	private final TestMulticast multicast = new TestMulticast();

	private final String group = TestMulticast.group();

	@AfterEach
	void close() {
		this.multicast.close();
	}

	@Test
	void whenDatagramComesAfterARestThenItsTimeIsNotThatOfTheRest() {
		String group = TestMulticast.group();
		MulticastReceiver receiver = this.multicast.receiver(group);
		MulticastSender sender = this.multicast.sender(group, receiver);
		sender.send("first");
		this.multicast.awaitReceived(receiver, 1);
		Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
		long sentAt = System.currentTimeMillis();
		sender.send("second");
		this.multicast.awaitReceived(receiver, 2);
		assertThat(this.multicast.events(MessageReceivedEvent.class).get(1).getTimestamp()).as("nearer to the end")
			.isGreaterThan(sentAt - 500)
			.isLessThan(System.currentTimeMillis() + 100);
	}

	@Test
	void whenTwoReceiversShareOnePortThenBothGetIt() {
		MulticastReceiver one = this.multicast.receiver(this.group);
		int port = TestMulticast.port(one);
		MulticastReceiver two = this.multicast.receiver("two",
				(settings) -> settings.port(port).groups(List.of(this.group)));
		this.multicast.sender(this.group, one).send("hello");
		assertThat(this.multicast.awaitReceived(one, 1)).containsExactly("hello");
		assertThat(this.multicast.awaitReceived(two, 1)).containsExactly("hello");
	}

	@Test
	void whenMessagesAreSentThenTheyArriveInOrderWithGroupAndSender() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		MulticastSender sender = this.multicast.sender(this.group, receiver);
		for (int i = 0; i < 1_000; i++) {
			sender.send("message " + i);
			if (i % 100 == 99) {
				this.multicast.awaitReceived(receiver, i + 1);
			}
		}
		assertThat(this.multicast.awaitReceived(receiver, 1_000))
			.containsExactlyElementsOf(IntStream.range(0, 1_000).mapToObj((i) -> "message " + i).toList());
		assertThat(this.multicast.events(MessageReceivedEvent.class)).allSatisfy((event) -> {
			assertThat(event.getGroup()).isEqualTo(new InetSocketAddress(this.group, TestMulticast.port(receiver)));
			assertThat(event.getSender().getAddress().isLoopbackAddress()).isTrue();
			assertThat(event.getSender()).isEqualTo(event.getRemoteAddress());
			assertThatIllegalStateException().isThrownBy(event::getConnection)
				.withMessageContaining("'receiver' has no connections");
		});
		assertThat(receiver.status().messagesReceived()).isEqualTo(1_000);
		assertThat(sender.status().messagesSent()).isEqualTo(1_000);
		assertThat(receiver.status().bytesReceived()).isEqualTo(sender.status().bytesSent());
		assertThat(receiver.statistics().datagrams().totalDropped()).isZero();
	}

	@Test
	void whenReceiverHasSeveralGroupsThenEachMessageTellsItsGroup() {
		String other = TestMulticast.group();
		String foreign = TestMulticast.group();
		MulticastReceiver receiver = this.multicast.receiver(this.group, other);
		int port = TestMulticast.port(receiver);
		MulticastReceiver neighbour = this.multicast.receiver("neighbour",
				(settings) -> settings.port(port).groups(List.of(foreign)));
		MulticastSender sender = this.multicast.sender(this.group, receiver);
		sender.send(new InetSocketAddress(foreign, port), "foreign");
		sender.send("one");
		sender.send(new InetSocketAddress(other, port), "two");
		this.multicast.awaitReceived(neighbour, 1);
		this.multicast.awaitReceived(receiver, 2);
		assertThat(this.multicast.events(MessageReceivedEvent.class))
			.extracting((event) -> event.getEndpoint() + " " + event.getPayload() + " "
					+ event.getGroup().getAddress().getHostAddress())
			.containsExactlyInAnyOrder("receiver one " + this.group, "receiver two " + other,
					"neighbour foreign " + foreign);
	}

	@Test
	void whenThePortItselfIsSentToThenTheMessageHasNoGroup() throws Exception {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		try (UdpPeer peer = new UdpPeer()) {
			peer.send(new InetSocketAddress("127.0.0.1", TestMulticast.port(receiver)),
					"hello".getBytes(StandardCharsets.UTF_8));
			assertThat(this.multicast.awaitReceived(receiver, 1)).containsExactly("hello");
			assertThat(this.multicast.awaitEvent(MessageReceivedEvent.class).getGroup()).isNull();
		}
	}

	@Test
	void whenListenerRepliesThenRequestGetsItByUnicast() {
		this.multicast.onMessage((message) -> message.reply("re: " + message.getPayload()));
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		MulticastSender sender = this.multicast.sender(this.group, receiver);
		assertThat(sender.<String>request("where are you?", Duration.ofSeconds(20))).isEqualTo("re: where are you?");
		assertThat(sender.<String>requestAsync("and you?")).succeedsWithin(20, TimeUnit.SECONDS)
			.isEqualTo("re: and you?");
		assertThat(this.multicast.received(receiver)).hasSize(2);
		assertThat(this.multicast.awaitEvents(MessageSentEvent.class, 4))
			.filteredOn((event) -> event.getSource() == receiver)
			.hasSize(2)
			.allSatisfy((event) -> assertThat(event.getGroup()).isNull());
		assertThat(receiver.status().messagesSent()).isEqualTo(2);
		assertThat(sender.status().messagesReceived()).isEqualTo(2);
	}

	@Test
	void whenHandlerReturnsValueThenItIsTheReply() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		receiver.addHandler((peer, payload) -> peer.getGroup().getAddress().getHostAddress() + " " + payload);
		MulticastSender sender = this.multicast.sender(this.group, receiver);
		assertThat(sender.<String>request("hello", Duration.ofSeconds(20))).isEqualTo(this.group + " hello");
	}

	@Test
	void whenNobodyAnswersThenRequestTimesOutAndNothingWaits() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		MulticastSender sender = this.multicast.sender((settings) -> settings.group(this.group)
			.port(TestMulticast.port(receiver))
			.maxPendingRequests(1)
			.requestTimeout(Duration.ofMillis(50)));
		for (int i = 0; i < 3; i++) {
			assertCode(SocketErrorCode.REQUEST_TIMEOUT, () -> sender.request("hello", Duration.ofMillis(20)));
		}
		assertThat(sender.requestAsync("hello")).failsWithin(20, TimeUnit.SECONDS)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(SocketOperationException.class);
	}

	@Test
	void whenTooManyRequestsWaitThenTheNextIsRefusedAndStoppingEndsThem() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		MulticastSender sender = this.multicast.sender((settings) -> settings.group(this.group)
			.port(TestMulticast.port(receiver))
			.requestTimeout(TestMulticast.SOON)
			.maxPendingRequests(1));
		var waiting = sender.requestAsync("hello");
		assertCode(SocketErrorCode.TOO_MANY_REQUESTS, () -> sender.request("hello", Duration.ofSeconds(20)));
		this.multicast.awaitReceived(receiver, 1);
		sender.stop();
		assertThat(waiting).failsWithin(20, TimeUnit.SECONDS)
			.withThrowableThat()
			.havingCause()
			.satisfies((cause) -> assertThat(((SocketOperationException) cause).getCode())
				.isEqualTo(SocketErrorCode.SHUTTING_DOWN));
	}

	@Test
	void whenSenderIsToldUnicastAddressThenItRefuses() {
		MulticastSender sender = this.multicast.sender((settings) -> {
		});
		assertCode(SocketErrorCode.INVALID_MULTICAST_ADDRESS,
				() -> sender.send(new InetSocketAddress("127.0.0.1", 4000), "hello"));
		assertCode(SocketErrorCode.INVALID_MULTICAST_ADDRESS,
				() -> sender.send(InetSocketAddress.createUnresolved("localhost", 4000), "hello"));
		assertThatIllegalStateException().isThrownBy(() -> sender.send("hello"))
			.withMessageContaining("sockets.multicast.sender.sender.group");
		assertThat(this.multicast.awaitEvents(SendFailedEvent.class, 2))
			.allSatisfy((event) -> assertThat(event.getCode()).isEqualTo(SocketErrorCode.INVALID_MULTICAST_ADDRESS));
	}

	@Test
	void whenMessageCannotBeSentAtAllThenFuturesFail() {
		MulticastSender sender = this.multicast.sender((settings) -> {
		});
		assertThat(sender.sendAsync("hello")).isCompletedExceptionally();
		assertThat(sender.requestAsync("hello")).isCompletedExceptionally();
		sender.stop();
		MulticastSender ready = this.multicast.sender((settings) -> settings.group(this.group).port(4000));
		assertThat(ready.sendAsync(null)).isCompletedExceptionally();
		assertThat(ready.requestAsync(null)).failsWithin(20, TimeUnit.SECONDS);
	}

	@Test
	void whenNullIsGivenThenASentenceSaysWhatIsMissing() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		MulticastSender sender = this.multicast.sender(this.group, receiver);
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> sender.send(null))
			.withMessageContaining("cannot send null");
		assertCode(SocketErrorCode.CODEC_FAILED, () -> sender.request(null, TestMulticast.SOON));
		assertThat(sender.sendAsync(null)).failsWithin(TestMulticast.SOON)
			.withThrowableThat()
			.withMessageContaining("cannot send null");
		assertThat(sender.requestAsync(null)).failsWithin(TestMulticast.SOON)
			.withThrowableThat()
			.withMessageContaining("cannot send null");
		assertThatIllegalArgumentException().isThrownBy(() -> sender.send(null, "hello"))
			.withMessageContaining("group");
		assertThatIllegalArgumentException().isThrownBy(() -> sender.request("hello", null))
			.withMessageContaining("time-out");
		sender.send("good");
		assertThat(this.multicast.awaitReceived(receiver, 1)).containsExactly("good");
	}

	@Test
	void whenSenderIsStoppedThenItSendsNothingUntilItIsStartedAgain() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		MulticastSender sender = this.multicast.sender(this.group, receiver);
		assertThat(sender.status().state()).isEqualTo(EndpointState.READY);
		sender.stop();
		assertThat(sender.status().state()).isEqualTo(EndpointState.STOPPED);
		assertCode(SocketErrorCode.NOT_CONNECTED, () -> sender.send("lost"));
		assertThat(sender.sendAsync("lost")).isCompletedExceptionally();
		sender.start();
		sender.send("hello");
		assertThat(this.multicast.awaitReceived(receiver, 1)).containsExactly("hello");
	}

	@Test
	void whenSenderIsInterruptedThenItSendsAllTheSame() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		MulticastSender sender = this.multicast.sender(this.group, receiver);
		Thread.currentThread().interrupt();
		sender.send("one");
		assertThat(Thread.interrupted()).isTrue();
		sender.send("two");
		assertThat(this.multicast.awaitReceived(receiver, 2)).containsExactly("one", "two");
	}

	@Test
	void whenLoopbackIsOffThenReceiversOfThisMachineGetNothing() {
		String network = TestMulticast.networkOtherThanLoopback();
		MulticastReceiver receiver = this.multicast
			.receiver((settings) -> settings.groups(List.of(this.group)).networkInterfaces(List.of(network)));
		MulticastSender silent = this.multicast.sender((settings) -> settings.group(this.group)
			.port(TestMulticast.port(receiver))
			.networkInterface(network)
			.timeToLive(0)
			.loopback(false));
		MulticastSender sender = this.multicast.sender((settings) -> settings.group(this.group)
			.port(TestMulticast.port(receiver))
			.networkInterface(network)
			.timeToLive(0));
		silent.send("not for you");
		sender.send("for you");
		assertThat(this.multicast.awaitReceived(receiver, 1)).containsExactly("for you");
	}

	@Test
	void whenMessageIsLongerThanAnyDatagramThenItIsNotSent() {
		MulticastSender sender = this.multicast.sender((
				settings) -> settings.group(this.group).port(4000).datagrams((common) -> common.codec(Codecs.bytes())));
		assertCode(SocketErrorCode.FRAME_TOO_LARGE, () -> sender.send(new byte[65_508]));
	}

	@Test
	void whenDatagramIsAsLongAsCanBeThenItArrives() {
		MulticastReceiver receiver = this.multicast.receiver(
				(settings) -> settings.groups(List.of(this.group)).datagrams((common) -> common.codec(Codecs.bytes())));
		MulticastSender sender = this.multicast.sender((settings) -> settings.group(this.group)
			.port(TestMulticast.port(receiver))
			.datagrams((common) -> common.codec(Codecs.bytes())));
		byte[] longest = new byte[65_507];
		Arrays.fill(longest, (byte) 7);
		sender.send(longest);
		assertThat((byte[]) this.multicast.awaitReceived(receiver, 1).get(0)).isEqualTo(longest);
	}

	private static void assertCode(SocketErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(call)
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(code));
	}

}
