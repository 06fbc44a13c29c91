package dev.sockets.runtime.backplane;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.Message;
import dev.sockets.runtime.backplane.frame.Order;
import dev.sockets.runtime.backplane.frame.Reply;
import dev.sockets.runtime.backplane.frame.Target;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What waits for the connections of one server.
 */
@Timeout(60)
class ServerInboxTests {

	private static final Target ALL = new Target(Target.Kind.ALL, "");

	private final List<String> done = new CopyOnWriteArrayList<>();

	private final CountDownLatch mayGoOn = new CountDownLatch(1);

	private final BackplaneCounters counters = new BackplaneCounters();

	private final ServerInbox inbox = new ServerInbox(new NamedServer("hub") {

		@Override
		public int deliver(Message message) {
			String text = StandardCharsets.US_ASCII.decode(message.bytes().duplicate()).toString();
			ServerInboxTests.this.done.add(text);
			if (text.equals("first")) {
				await();
			}
			if (text.equals("bad")) {
				throw new IllegalStateException("It is not to be delivered");
			}
			return Reply.YES;
		}

		@Override
		public void writeDelivered() {
			ServerInboxTests.this.done.add("written");
		}

		@Override
		public int obey(FrameType type, Order order) {
			ServerInboxTests.this.done.add(type.name());
			return Reply.YES;
		}

	}, 100_000, this.counters, new OverloadWarnings("here", this.counters, System::nanoTime));

	private void await() {
		try {
			this.mayGoOn.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@AfterEach
	void stop() {
		this.mayGoOn.countDown();
		this.inbox.stop();
	}

	private boolean deliver(String text) {
		ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
		return this.inbox.deliver(FrameType.ALL, new Message("hub", 0, ALL, List.of(), bytes), (code) -> {
		});
	}

	private void holdUp() {
		this.inbox.start();
		deliver("first");
		Awaitility.await().until(() -> this.done.contains("first"));
	}

	@Test
	void whenSeveralMessagesWaitThenTheyAreWrittenTogether() {
		holdUp();
		deliver("second");
		deliver("bad");
		deliver("third");
		this.mayGoOn.countDown();
		Awaitility.await().until(() -> this.done.size() == 6);
		assertThat(this.done).containsExactly("first", "written", "second", "bad", "third", "written");
	}

	@Test
	void whenAnOrderWaitsThenWhatComesBeforeItIsWrittenFirst() {
		holdUp();
		deliver("second");
		this.inbox.obey(FrameType.KICK, new Order("hub", 0, ALL, ""), (code) -> {
		});
		deliver("third");
		this.mayGoOn.countDown();
		Awaitility.await().until(() -> this.done.size() == 7);
		assertThat(this.done).containsExactly("first", "written", "second", "written", "KICK", "third", "written");
	}

	@Test
	void whenMuchWaitsThenABatchIsBoundedAndTheRestIsDropped() {
		holdUp();
		String large = "x".repeat(33_000);
		assertThat(deliver(large)).isTrue();
		assertThat(deliver(large)).isTrue();
		assertThat(deliver("third")).isTrue();
		assertThat(deliver(large)).isFalse();
		assertThat(this.counters.dropped(DropReason.INBOUND_FULL)).isOne();
		this.mayGoOn.countDown();
		Awaitility.await().until(() -> this.done.size() == 7);
		assertThat(this.done.subList(2, 7)).containsExactly(large, large, "written", "third", "written");
		assertThat(this.inbox.pending()).isZero();
	}

	@Test
	void whenItStopsThenWhoHasAskedIsAnswered() {
		holdUp();
		List<Integer> answers = new CopyOnWriteArrayList<>();
		this.inbox.obey(FrameType.KICK, new Order("hub", 1, ALL, ""), answers::add);
		this.inbox.stop();
		this.inbox.obey(FrameType.KICK, new Order("hub", 2, ALL, ""), answers::add);
		assertThat(answers).containsExactly(SocketErrorCode.NOT_CONNECTED.value(),
				SocketErrorCode.NOT_CONNECTED.value());
	}

}
