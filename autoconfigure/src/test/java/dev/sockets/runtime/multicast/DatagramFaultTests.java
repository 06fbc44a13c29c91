package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.EndpointStatistics;
import dev.sockets.SocketErrorCode;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;
import dev.sockets.event.EndpointStoppedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.QueueOverflow;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fault F24: what strangers send, and more of it than can be handled.
 */
@Timeout(120)
class DatagramFaultTests {

	private final TestMulticast multicast = new TestMulticast();

	private final String group = TestMulticast.group();

	private UdpPeer peer;

	@BeforeEach
	void open() throws Exception {
		this.peer = new UdpPeer();
	}

	@AfterEach
	void close() {
		this.peer.close();
		this.multicast.close();
	}

	@Test
	void whenDatagramAsksForAcknowledgementThenItArrivesByteForByteAndNothingIsSent() throws Exception {
		MulticastReceiver receiver = bytesReceiver((settings) -> {
		});
		byte[] asking = ("ip_ackTo=127.0.0.1:" + this.peer.port()
				+ ";ip_ackId=7e1ab3a5-0ee6-4b0b-8c0c-6f2f2f0d8b11;length=5;hello")
			.getBytes(StandardCharsets.UTF_8);
		send(receiver, asking);
		assertThat((byte[]) this.multicast.awaitReceived(receiver, 1).get(0)).isEqualTo(asking);
		assertThat(this.peer.receive(300)).as("an acknowledgement").isNull();
		assertThat(receiver.status().messagesSent()).isZero();
	}

	@Test
	void whenDatagramsAreOddThenTheyAreMessagesLikeOthers() throws Exception {
		MulticastReceiver receiver = bytesReceiver((settings) -> {
		});
		byte[] longest = new byte[65_507];
		Arrays.fill(longest, (byte) 0xfe);
		List<byte[]> odd = List.of(new byte[0], new byte[] { 4 }, new byte[] { 4, 4, 4 }, longest, new byte[] { 0 });
		for (byte[] one : odd) {
			send(receiver, one);
		}
		List<Object> received = this.multicast.awaitReceived(receiver, odd.size());
		assertThat(received).hasSize(odd.size());
		IntStream.range(0, odd.size()).forEach((i) -> assertThat((byte[]) received.get(i)).isEqualTo(odd.get(i)));
	}

	@Test
	void whenDatagramIsLongerThanAllowedThenItIsFlaggedAndNothingOfItDelivered() throws Exception {
		MulticastReceiver receiver = bytesReceiver((settings) -> settings.maxDatagramSize(10));
		send(receiver, "0123456789".getBytes(StandardCharsets.UTF_8));
		send(receiver, "0123456789a".getBytes(StandardCharsets.UTF_8));
		send(receiver, new byte[3000]);
		send(receiver, "the end".getBytes(StandardCharsets.UTF_8));
		assertThat(this.multicast.awaitReceived(receiver, 2)).extracting((bytes) -> new String((byte[]) bytes))
			.containsExactly("0123456789", "the end");
		List<MessageErrorEvent> errors = this.multicast.awaitEvents(MessageErrorEvent.class, 2);
		assertThat(errors).hasSize(2)
			.allSatisfy((error) -> assertThat(error.getCode()).isEqualTo(SocketErrorCode.FRAME_TOO_LARGE));
		assertThat(errors.get(0).getFirstBytes()).startsWith("30 31 32 33");
		assertThat(errors.get(0).getRemoteAddress().getPort()).isEqualTo(this.peer.port());
		assertThat(errors.get(0).getCause()).hasMessageContaining(".max-datagram-size=10B");
		assertThat(receiver.statistics().datagrams().dropped()).containsEntry("TOO_LARGE", 2L);
		assertThat(receiver.statistics().datagrams().dropped()).containsEntry("TOO_LARGE", 2L);
		assertThat(receiver.status().messagesReceived()).isEqualTo(2);
	}

	@Test
	void whenBytesAreNoPayloadThenTheyAreAnErrorAndTheNextAreHandled() throws Exception {
		MulticastReceiver receiver = this.multicast.receiver(
				(settings) -> settings.groups(List.of(this.group)).datagrams((common) -> common.codec(new Numbers())));
		send(receiver, "many".getBytes(StandardCharsets.UTF_8));
		send(receiver, "7".getBytes(StandardCharsets.UTF_8));
		assertThat(this.multicast.awaitReceived(receiver, 1)).containsExactly(7);
		MessageErrorEvent error = this.multicast.awaitEvent(MessageErrorEvent.class);
		assertThat(error.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED);
		assertThat(error.getFirstBytes()).isEqualTo("6d 61 6e 79");
		assertThat(receiver.statistics().messages().failed()).containsEntry("CODEC_FAILED", 1L);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenHandlerThrowsThenItIsAnErrorAndTheNextAreHandled(boolean error) throws Exception {
		this.multicast.onMessage((message) -> {
			if (((byte[]) message.getPayload())[0] == 0) {
				if (error) {
					throw new StackOverflowError("on purpose");
				}
				Thread.currentThread().interrupt();
				throw new IllegalStateException("on purpose");
			}
		});
		MulticastReceiver receiver = bytesReceiver((settings) -> {
		});
		send(receiver, new byte[] { 0 });
		send(receiver, new byte[] { 1 });
		this.multicast.awaitReceived(receiver, 2);
		assertThat(this.multicast.awaitEvent(MessageErrorEvent.class).getCode())
			.isEqualTo(SocketErrorCode.HANDLER_FAILED);
		send(receiver, new byte[] { 2 });
		this.multicast.awaitReceived(receiver, 3);
	}

	@ParameterizedTest
	@EnumSource(QueueOverflow.class)
	void whenFloodIsFasterThanHandlerThenQueueIsBoundedAndDropsAreCounted(QueueOverflow overflow) throws Exception {
		int capacity = 100;
		int flood = 2_000;
		CountDownLatch held = new CountDownLatch(1);
		AtomicInteger handled = new AtomicInteger();
		this.multicast.onMessage((message) -> {
			if (handled.incrementAndGet() == 1) {
				await(held);
			}
		});
		MulticastReceiver receiver = bytesReceiver((settings) -> settings.queue(capacity, overflow));
		for (int i = 0; i <= flood; i++) {
			send(receiver, String.valueOf(i).getBytes(StandardCharsets.UTF_8));
			if (i % 50 == 0) {
				int sent = i + 1;
				Awaitility.await()
					.atMost(TestMulticast.SOON)
					.until(() -> receiver.statistics().datagrams().received() == sent);
			}
		}
		Awaitility.await()
			.atMost(TestMulticast.SOON)
			.until(() -> receiver.statistics().datagrams().received() == flood + 1);
		Awaitility.await().atMost(TestMulticast.SOON).untilAsserted(() -> {
			EndpointStatistics.Datagrams full = receiver.statistics().datagrams();
			assertThat(full.queued()).isEqualTo(capacity);
			assertThat(full.dropped()).containsEntry("QUEUE_FULL", (long) flood - capacity);
		});
		held.countDown();
		List<Object> received = this.multicast.awaitReceived(receiver, capacity + 1);
		send(receiver, "the end".getBytes(StandardCharsets.UTF_8));
		this.multicast.awaitReceived(receiver, capacity + 2);
		assertThat(received).extracting((bytes) -> Integer.parseInt(new String((byte[]) bytes)))
			.containsExactlyElementsOf(survivors(overflow, capacity, flood));
		assertThat(receiver.statistics().datagrams().queued()).isZero();
		assertThat(receiver.statistics().datagrams().totalDropped()).isEqualTo(flood - capacity);
	}

	private static List<Integer> survivors(QueueOverflow overflow, int capacity, int flood) {
		List<Integer> survivors = new ArrayList<>(List.of(0));
		int first = (overflow == QueueOverflow.DROP_NEWEST) ? 1 : flood - capacity + 1;
		IntStream.range(first, first + capacity).forEach(survivors::add);
		return survivors;
	}

	@Test
	void whenHandlersAreSlowThenNothingIsLostWhileTheQueueHasRoomAndOrderIsKept() throws Exception {
		int count = 600;
		this.multicast.onMessage((message) -> {
			int number = Integer.parseInt(new String((byte[]) message.getPayload(), StandardCharsets.UTF_8));
			pause((number % 100 == 0) ? 30 : (number / 100 % 2 == 0) ? 1 : 0);
		});
		MulticastReceiver receiver = bytesReceiver((settings) -> {
		});
		for (int i = 0; i < count; i++) {
			send(receiver, String.valueOf(i).getBytes(StandardCharsets.UTF_8));
			if (i % 50 == 0) {
				int sent = i + 1;
				Awaitility.await().until(() -> receiver.statistics().datagrams().received() == sent);
			}
		}
		assertThat(this.multicast.awaitReceived(receiver, count))
			.extracting((bytes) -> Integer.parseInt(new String((byte[]) bytes)))
			.containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
		assertThat(receiver.statistics().datagrams().totalDropped()).isZero();
	}

	@Test
	void whenHandlerWaitsForAnotherMessageThenThatIsReadAndHandledAfterIt() throws Exception {
		CountDownLatch second = new CountDownLatch(1);
		MulticastReceiver receiver = bytesReceiver((settings) -> {
		});
		this.multicast.onMessage((message) -> {
			if (((byte[]) message.getPayload())[0] == 1) {
				Awaitility.await()
					.atMost(TestMulticast.SOON)
					.until(() -> receiver.statistics().datagrams().received() == 2);
				second.countDown();
			}
		});
		send(receiver, new byte[] { 1 });
		pause(50);
		send(receiver, new byte[] { 2 });
		assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
		this.multicast.awaitReceived(receiver, 2);
		assertThat(this.multicast.events(MessageErrorEvent.class)).isEmpty();
	}

	@Test
	void whenReceiverStopsThenWhatItReceivedIsHandledFirst() throws Exception {
		this.multicast.onMessage((message) -> pause(2));
		MulticastReceiver receiver = bytesReceiver((settings) -> {
		});
		for (int i = 0; i < 200; i++) {
			send(receiver, new byte[] { (byte) i });
		}
		Awaitility.await().atMost(TestMulticast.SOON).until(() -> receiver.statistics().datagrams().received() == 200);
		receiver.stop();
		assertThat(this.multicast.received(receiver)).hasSize(200);
		assertThat(this.multicast.events()).last().isInstanceOf(EndpointStoppedEvent.class);
	}

	@Test
	void whenHandlerDoesNotReturnThenStoppingGivesUpAndTheReceiverCanStartAgain() throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		this.multicast.onMessage((message) -> {
			if (((byte[]) message.getPayload())[0] == 1) {
				await(held);
			}
		});
		MulticastReceiver receiver = bytesReceiver((settings) -> {
		});
		send(receiver, new byte[] { 1 });
		this.multicast.awaitReceived(receiver, 1);
		pause(50);
		send(receiver, new byte[] { 2 });
		Awaitility.await().atMost(TestMulticast.SOON).until(() -> receiver.statistics().datagrams().received() == 2);
		receiver.stop();
		assertThat(receiver.statistics().datagrams().dropped()).containsEntry("STOPPED", 1L);
		receiver.start();
		send(receiver, new byte[] { 3 });
		assertThat(this.multicast.awaitReceived(receiver, 2)).last().isEqualTo(new byte[] { 3 });
		held.countDown();
	}

	private MulticastReceiver bytesReceiver(Consumer<MulticastReceiverSettings.Builder> settings) {
		return this.multicast.receiver((builder) -> {
			builder.groups(List.of(this.group)).datagrams((common) -> common.codec(Codecs.bytes()));
			settings.accept(builder);
		});
	}

	private void send(MulticastReceiver receiver, byte[] bytes) throws Exception {
		this.peer.send(new InetSocketAddress(this.group, TestMulticast.port(receiver)), bytes);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(100, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void pause(long millis) {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class Numbers implements Codec {

		@Override
		public Object decode(byte[] buffer, int offset, int length) {
			return Integer.parseInt(new String(buffer, offset, length, StandardCharsets.UTF_8));
		}

		@Override
		public byte[] encode(Object payload) {
			return payload.toString().getBytes(StandardCharsets.UTF_8);
		}

	}

}
