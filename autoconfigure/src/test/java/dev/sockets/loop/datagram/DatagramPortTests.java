package dev.sockets.loop.datagram;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.loop.MemoryBudget;
import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Ports of one loop that share a queue, over the loopback interface.
 */
@Timeout(60)
class DatagramPortTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final int QUEUE = 50_000;

	private final EventLoopGroup loops = TestedEngine.loops(1);

	private final List<DatagramChannel> channels = new ArrayList<>();

	private final Queue<String> handled = new ConcurrentLinkedQueue<>();

	private final AtomicInteger inside = new AtomicInteger();

	private final AtomicInteger together = new AtomicInteger();

	private final AtomicInteger received = new AtomicInteger();

	private final AtomicInteger dropped = new AtomicInteger();

	private final AtomicInteger abandoned = new AtomicInteger();

	private volatile IntConsumer behaviour = (number) -> {
	};

	private EventLoop loop;

	private DatagramChannel peer;

	@BeforeEach
	void open() throws IOException {
		this.loops.acquire();
		this.loop = this.loops.openLoop("datagrams");
		this.peer = channel();
	}

	@AfterEach
	void close() throws IOException {
		for (DatagramChannel channel : this.channels) {
			channel.close();
		}
		this.loop.stop();
		this.loops.release();
	}

	@Test
	void whenHandlersAreSlowerThanFiftyMicrosecondsThenTheSocketIsReadBesideThem() throws IOException {
		CountDownLatch go = new CountDownLatch(1);
		this.behaviour = (number) -> {
			long end = System.nanoTime() + 2_000_000;
			while (System.nanoTime() < end && go.getCount() > 0) {
				Thread.onSpinWait();
			}
		};
		DatagramQueue queue = new DatagramQueue(100, QUEUE, false, MemoryBudget.ofHeap());
		InetSocketAddress port = port("a", queue);
		AtomicInteger sent = new AtomicInteger();
		Awaitility.await().pollInterval(Duration.ofMillis(1)).atMost(SOON).until(() -> {
			IntStream.range(0, 30).forEach((i) -> send(port, sent.getAndIncrement()));
			return queue.size() > 100;
		});
		go.countDown();
		Awaitility.await().atMost(SOON).until(() -> this.handled.size() == this.received.get());
		assertThat(this.handled).extracting((one) -> Integer.parseInt(one.substring(2))).isSorted();
		assertThat(this.together).as("handled at the same time").hasValue(0);
	}

	@Test
	void whenHandlersBlockNowAndThenThenEachPortsDatagramsAreHandledInOrderOneAtATime() throws IOException {
		int count = 3_000;
		this.behaviour = (number) -> {
			if (number % 300 == 7) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(number % 7 * 4));
			}
		};
		DatagramQueue queue = new DatagramQueue(100, QUEUE, false, MemoryBudget.ofHeap());
		InetSocketAddress a = port("a", queue);
		InetSocketAddress b = port("b", queue);
		for (int i = 0; i < count; i++) {
			send(a, i);
			send(b, i);
			if (i % 50 == 0) {
				int sent = 2 * i;
				Awaitility.await()
					.pollInterval(Duration.ofMillis(1))
					.atMost(SOON)
					.until(() -> this.received.get() >= sent);
			}
		}
		expect("a", count);
		expect("b", count);
		assertThat(this.handled).hasSize(2 * count);
	}

	@Test
	void whenHandlerThrowsThenTheNextAreHandled() throws IOException {
		this.behaviour = (number) -> {
			throw new StackOverflowError("on purpose");
		};
		InetSocketAddress port = port("a", new DatagramQueue(100, QUEUE, false, MemoryBudget.ofHeap()));
		IntStream.range(0, 3).forEach((i) -> send(port, i));
		expect("a", 3);
	}

	@Test
	void whenQueueIsClosedThenWhatWaitsIsHandledAndWhatComesIsAbandoned() throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		this.behaviour = (number) -> await(held);
		DatagramQueue queue = new DatagramQueue(100, QUEUE, false, MemoryBudget.ofHeap());
		InetSocketAddress port = port("a", queue);
		IntStream.range(0, 100).forEach((i) -> send(port, i));
		Awaitility.await().atMost(SOON).until(() -> this.received.get() == 100);
		var ended = queue.close();
		assertThat(ended).isNotDone();
		held.countDown();
		assertThat(ended).succeedsWithin(SOON);
		expect("a", 100);
		send(port, 100);
		Awaitility.await().atMost(SOON).until(() -> this.abandoned.get() == 1);
		assertThat(this.handled).hasSize(100);
	}

	@Test
	void whenQueueIsClearedThenWhatWaitsIsAbandoned() throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		this.behaviour = (number) -> await(held);
		DatagramQueue queue = new DatagramQueue(100, 10, true, MemoryBudget.ofHeap());
		InetSocketAddress port = port("a", queue);
		send(port, 0);
		Awaitility.await().atMost(SOON).until(() -> this.inside.get() == 1);
		IntStream.range(1, 31).forEach((i) -> send(port, i));
		Awaitility.await().atMost(SOON).until(() -> this.received.get() == 31);
		var ended = queue.close();
		queue.clear();
		Awaitility.await().atMost(SOON).until(() -> this.dropped.get() + this.abandoned.get() == 30);
		assertThat(queue.size()).isZero();
		held.countDown();
		assertThat(ended).succeedsWithin(SOON);
		assertThat(this.handled).containsExactly("a 0");
	}

	@Test
	void whenTheAnswerComesThenThePortCompletesAndElseItTimesOut() throws Exception {
		AnswerPort answered = new AnswerPort(channel(), this.loop, SOON, null);
		answered.start();
		answered.send(new byte[] { 1 }, (InetSocketAddress) this.peer.getLocalAddress());
		ByteBuffer asked = ByteBuffer.allocate(10);
		this.peer.send(ByteBuffer.wrap(new byte[] { 2 }), this.peer.receive(asked));
		assertThat(answered.answer().get(20, TimeUnit.SECONDS)).containsExactly(2);
		AnswerPort silent = new AnswerPort(channel(), this.loop, Duration.ofMillis(20), null);
		silent.start();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> silent.answer().get(20, TimeUnit.SECONDS))
			.withCauseInstanceOf(TimeoutException.class);
		answered.close();
		silent.close();
	}

	private DatagramChannel channel() throws IOException {
		DatagramChannel channel = DatagramChannel.open();
		this.channels.add(channel);
		return channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
	}

	private InetSocketAddress port(String name, DatagramQueue queue) throws IOException {
		DatagramChannel channel = channel();
		new DatagramPort(channel, this.loop, queue, new Handler(name)).start();
		return (InetSocketAddress) channel.getLocalAddress();
	}

	private void send(InetSocketAddress port, int number) {
		try {
			this.peer.send(ByteBuffer.allocate(Integer.BYTES).putInt(0, number), port);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void expect(String name, int count) {
		Awaitility.await()
			.atMost(SOON)
			.until(() -> this.handled.stream().filter((one) -> one.startsWith(name)).count() >= count);
		assertThat(this.handled.stream().filter((one) -> one.startsWith(name)))
			.containsExactlyElementsOf(IntStream.range(0, count).mapToObj((i) -> name + " " + i).toList());
		assertThat(this.together).as("handled at the same time").hasValue(0);
		assertThat(this.dropped).hasValue(0);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private final class Handler implements DatagramHandler {

		private final String name;

		Handler(String name) {
			this.name = name;
		}

		@Override
		public void received(DatagramBatch batch) {
			DatagramPortTests.this.received.addAndGet(batch.size());
		}

		@Override
		public void handle(byte[] bytes, int length, InetSocketAddress sender) {
			if (DatagramPortTests.this.inside.incrementAndGet() > 1) {
				DatagramPortTests.this.together.incrementAndGet();
			}
			try {
				int number = ByteBuffer.wrap(bytes, 0, length).getInt();
				DatagramPortTests.this.handled.add(this.name + " " + number);
				DatagramPortTests.this.behaviour.accept(number);
			}
			finally {
				DatagramPortTests.this.inside.decrementAndGet();
			}
		}

		@Override
		public void dropped(int datagrams) {
			DatagramPortTests.this.dropped.addAndGet(datagrams);
		}

		@Override
		public void abandoned(int datagrams) {
			DatagramPortTests.this.abandoned.addAndGet(datagrams);
		}

		@Override
		public void failed(IOException cause) {
		}

		@Override
		public void recovered() {
		}

	}

}
