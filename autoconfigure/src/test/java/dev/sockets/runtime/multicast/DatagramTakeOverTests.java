package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.EndpointStatistics;
import dev.sockets.codec.Codecs;
import dev.sockets.event.EndpointStoppedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.QueueOverflow;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A receiver goes on reading while handlers are held up, whatever else they do: nothing
 * is lost, handled twice, out of order, or at the same time as another. Every fortieth
 * datagram holds its handler up, so that one thread takes over from the other again and
 * again, and in between the turn goes back.
 */
@Timeout(120)
class DatagramTakeOverTests {

	private static final int COUNT = 2_000;

	private static final int EACH = 40;

	private static final int AT_ONCE = 300;

	private static final int STOPS = 12;

	private static final int GROUPS = 3;

	@AutoClose
	private final TestMulticast multicast = new TestMulticast();

	private final List<String> groups = IntStream.range(0, GROUPS).mapToObj((i) -> TestMulticast.group()).toList();

	private final Queue<String> handled = new ConcurrentLinkedQueue<>();

	private final AtomicInteger inside = new AtomicInteger();

	private final AtomicInteger together = new AtomicInteger();

	private final AtomicInteger interrupted = new AtomicInteger();

	private MulticastReceiver receiver;

	@BeforeEach
	void start() {
		this.receiver = this.multicast.receiver((settings) -> settings.groups(this.groups)
			.queue(GROUPS * COUNT, QueueOverflow.DROP_NEWEST)
			.datagrams((common) -> common.codec(Codecs.bytes())));
	}

	@Test
	void whenHandlersReturnThenNothingIsLost() throws Exception {
		misbehave((number) -> {
		});
		send(0, COUNT);
		expectAll();
		assertThat(this.multicast.events(MessageErrorEvent.class)).isEmpty();
	}

	@Test
	void whenHandlersThrowThenNothingIsLost() throws Exception {
		misbehave((number) -> {
			if (number % 2 == 0) {
				throw new IllegalStateException("on purpose");
			}
			throw new AssertionError("on purpose");
		});
		send(0, COUNT);
		expectAll();
		assertThat(this.multicast.awaitEvents(MessageErrorEvent.class, heldUpCount())).hasSize(heldUpCount());
	}

	@Test
	void whenHandlersInterruptTheirThreadsThenTheNextOnesAreNotInterrupted() throws Exception {
		misbehave((number) -> Thread.currentThread().interrupt());
		send(0, COUNT);
		expectAll();
		assertThat(this.interrupted).hasValue(0);
	}

	@Test
	void whenHandlersJoinAndLeaveThenTheOtherGroupsLoseNothing() throws Exception {
		String another = TestMulticast.group();
		misbehave((number) -> {
			this.receiver.join(another);
			this.receiver.leave(another);
		});
		send(0, COUNT);
		expectAll();
		assertThat(this.multicast.events(MessageErrorEvent.class)).isEmpty();
	}

	@Test
	void whenHandlersStopTheirReceiverThenItStopsAfterWhatItReceivedAndCanStartAgain() throws Exception {
		misbehave((number) -> this.receiver.stop());
		for (int i = 0; i < STOPS; i++) {
			send(i * EACH, (i + 1) * EACH);
			assertThat(this.multicast.awaitEvents(EndpointStoppedEvent.class, i + 1)).hasSize(i + 1);
			expectBalance();
			this.receiver.start();
		}
		expectHealth();
	}

	@Test
	void whenReceiverIsStoppedMeanwhileThenEachDatagramIsHandledOrCountedAsDropped() throws Exception {
		misbehave((number) -> {
		});
		for (int i = 0; i < STOPS; i++) {
			send(0, 2 * EACH);
			this.receiver.stop();
			expectBalance();
			this.receiver.start();
		}
		expectHealth();
	}

	private void misbehave(Consumer<Integer> misbehaviour) {
		this.multicast.onMessage((message) -> {
			if (this.inside.incrementAndGet() > 1) {
				this.together.incrementAndGet();
			}
			try {
				handle(message, misbehaviour);
			}
			finally {
				this.inside.decrementAndGet();
			}
		});
	}

	private void handle(MessageReceivedEvent<?> message, Consumer<Integer> misbehaviour) {
		int number = Integer.parseInt(new String((byte[]) message.getPayload(), StandardCharsets.US_ASCII));
		this.handled.add(Objects.requireNonNull(message.getGroup()).getAddress().getHostAddress() + " " + number);
		if (Thread.currentThread().isInterrupted()) {
			this.interrupted.incrementAndGet();
		}
		if (number % EACH == EACH - 1) {
			holdUp(number);
			misbehaviour.accept(number);
		}
	}

	/**
	 * Waits, or computes, for shorter and longer than the watching thread is patient.
	 */
	private static void holdUp(int number) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(number / EACH % 4 * 6);
		boolean waits = number / EACH % 2 == 0;
		while (System.nanoTime() < end) {
			if (waits) {
				LockSupport.parkNanos(end - System.nanoTime());
			}
		}
	}

	private static int heldUpCount() {
		return GROUPS * COUNT / EACH;
	}

	/** Sends to all groups, no more at once than the buffers of their sockets hold. */
	private void send(int from, int to) throws Exception {
		int port = TestMulticast.port(this.receiver);
		long before = this.receiver.statistics().datagrams().received();
		try (UdpPeer peer = new UdpPeer()) {
			for (int number = from; number < to; number++) {
				byte[] bytes = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
				for (String group : this.groups) {
					peer.send(new InetSocketAddress(group, port), bytes);
				}
				long sent = (number + 1L - from) * GROUPS;
				if (sent % AT_ONCE == 0) {
					Awaitility.await()
						.pollInterval(Duration.ofMillis(1))
						.atMost(TestMulticast.SOON)
						.until(() -> this.receiver.statistics().datagrams().received() - before >= sent);
				}
			}
		}
	}

	private void expectAll() {
		Awaitility.await().atMost(TestMulticast.SOON).until(() -> this.handled.size() >= GROUPS * COUNT);
		for (String group : this.groups) {
			assertThat(this.handled.stream().filter((one) -> one.startsWith(group + " "))).as("handled of one group")
				.containsExactlyElementsOf(
						IntStream.range(0, COUNT).mapToObj((number) -> group + " " + number).toList());
		}
		assertThat(this.handled).hasSize(GROUPS * COUNT);
		assertThat(this.together).as("handlers at the same time").hasValue(0);
		assertThat(this.receiver.statistics().datagrams().totalDropped()).isZero();
	}

	private void expectBalance() {
		Awaitility.await().atMost(TestMulticast.SOON).untilAsserted(() -> {
			EndpointStatistics.Datagrams statistics = this.receiver.statistics().datagrams();
			assertThat(this.handled.size() + statistics.totalDropped()).isEqualTo(statistics.received());
		});
		assertThat(this.together).as("handlers at the same time").hasValue(0);
	}

	private void expectHealth() throws Exception {
		misbehave((number) -> {
		});
		this.handled.clear();
		long dropped = this.receiver.statistics().datagrams().totalDropped();
		send(0, EACH);
		Awaitility.await().atMost(TestMulticast.SOON).until(() -> this.handled.size() == GROUPS * EACH);
		assertThat(this.receiver.statistics().datagrams().totalDropped()).isEqualTo(dropped);
	}

}
