package dev.sockets.runtime.multicast;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.EndpointState;
import dev.sockets.SocketErrorCode;
import dev.sockets.event.EndpointFailedEvent;
import dev.sockets.event.EndpointStoppedEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.QueueOverflow;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers of a receiver that stops are sent, also those that come later than their
 * handlers have returned; and a handler that does not return is seen. Breaks B2 and B13.
 */
@Timeout(120)
class MulticastLateAnswerTests {

	/** After that a handler is one that does not return. */
	private static final Duration LATE = Duration.ofSeconds(2);

	private final CountDownLatch released = new CountDownLatch(1);

	@AutoClose
	private final TestMulticast multicast = new TestMulticast();

	private final String group = TestMulticast.group();

	private final Queue<CompletableFuture<Object>> answers = new ConcurrentLinkedQueue<>();

	@Test
	void whenTheReceiverStopsThenAnswersThatComeLaterAreSent() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		receiver.addHandler((peer, payload) -> {
			CompletableFuture<Object> answer = new CompletableFuture<>();
			this.answers.add(answer);
			return answer;
		});
		MulticastSender sender = sender(receiver);
		CompletableFuture<String> first = sender.requestAsync("first");
		CompletableFuture<String> second = sender.requestAsync("second");
		Awaitility.await().until(() -> this.answers.size() == 2);
		CompletableFuture<Void> stopped = OwnThread.run(receiver::stop);
		Awaitility.await().until(() -> !receiver.isRunning());
		assertThat(receiver.status().state()).isEqualTo(EndpointState.STOPPING);
		this.answers.forEach((answer) -> answer.complete("answer"));
		assertThat(first).succeedsWithin(TestMulticast.SOON).isEqualTo("answer");
		assertThat(second).succeedsWithin(TestMulticast.SOON).isEqualTo("answer");
		assertThat(stopped).succeedsWithin(TestMulticast.SOON);
	}

	@Test
	void whenAsManyAnswersAreToComeAsMayWaitThenWhatComesIsDroppedAndCounted() {
		MulticastReceiver receiver = receiverOfTwo();
		MulticastSender sender = sender(receiver);
		for (int i = 0; i < 3; i++) {
			sender.send("question");
		}
		Awaitility.await().until(() -> receiver.statistics().datagrams().dropped().get("QUEUE_FULL") == 1);
		assertThat(this.answers).hasSize(2);
		this.answers.remove().complete("answer");
		sender.send("question");
		Awaitility.await().until(() -> this.answers.size() == 2);
	}

	@Test
	void whenAsManyAnswersAsMayNeverComeThenTheReceiverIsFailingUntilOneDoes() {
		MulticastReceiver receiver = receiverOfTwo();
		MulticastSender sender = sender(receiver);
		for (int i = 0; i < 3; i++) {
			sender.send("question");
		}
		Awaitility.await().until(() -> receiver.status().state() == EndpointState.FAILING);
		assertThat(receiver.status().lastFailure().message()).contains("2 answers are still to come", "queue-capacity");
		EndpointFailedEvent failed = this.multicast.awaitEvent(EndpointFailedEvent.class);
		assertThat(failed.getCode()).isEqualTo(SocketErrorCode.HANDLER_FAILED);
		assertThat(failed.isRecovered()).isFalse();
		this.answers.remove().complete("answer");
		Awaitility.await().until(() -> receiver.status().state() == EndpointState.LISTENING);
		assertThat(this.multicast.awaitEvents(EndpointFailedEvent.class, 2).get(1).isRecovered()).isTrue();
		sender.send("question");
		Awaitility.await().until(() -> this.answers.size() == 2);
	}

	@Test
	void whenTheReceiverStopsThenAHandlerThatIsLateAnswersAllTheSame() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		CountDownLatch begun = new CountDownLatch(1);
		receiver.addHandler((peer, payload) -> {
			begun.countDown();
			this.released.await();
			return "answer";
		});
		CompletableFuture<String> answer = sender(receiver).requestAsync("question");
		Awaitility.await().until(() -> begun.getCount() == 0);
		CompletableFuture<Void> stopped = OwnThread.run(receiver::stop);
		Awaitility.await().until(() -> !receiver.isRunning());
		this.released.countDown();
		assertThat(answer).succeedsWithin(TestMulticast.SOON).isEqualTo("answer");
		assertThat(stopped).succeedsWithin(TestMulticast.SOON);
		assertThat(receiver.statistics().messages().failed()).doesNotContainEntry("SEND_FAILED", 1L);
	}

	@Test
	void whenAnAnswerNeverComesThenTheReceiverStopsWithinItsGracePeriodAndItsPortIsFree() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		int port = TestMulticast.port(receiver);
		receiver.addHandler((peer, payload) -> {
			CompletableFuture<Object> answer = new CompletableFuture<>();
			this.answers.add(answer);
			return answer;
		});
		sender(receiver).send("question");
		Awaitility.await().until(() -> this.answers.size() == 1);
		receiver.stop();
		assertThat(receiver.status().state()).isEqualTo(EndpointState.STOPPED);
		this.multicast.awaitEvent(EndpointStoppedEvent.class);
		this.multicast.receiver("other", (settings) -> settings.port(port));
		this.answers.forEach((answer) -> answer.complete("too late"));
	}

	@Test
	void whenAHandlerDoesNotReturnThenTheReceiverIsFailingUntilItDoes() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		receiver.addHandler((peer, payload) -> {
			if ("block".equals(payload)) {
				this.released.await();
			}
			return null;
		});
		MulticastSender sender = sender(receiver);
		sender.send("good");
		assertThat(this.multicast.awaitReceived(receiver, 1)).containsExactly("good");
		long begin = System.nanoTime();
		sender.send("block");
		sender.send("waits");
		EndpointState soon = receiver.status().state();
		if (System.nanoTime() - begin < LATE.toNanos()) {
			assertThat(soon).isEqualTo(EndpointState.LISTENING);
		}
		Awaitility.await().until(() -> receiver.status().state() == EndpointState.FAILING);
		EndpointFailedEvent failed = this.multicast.awaitEvent(EndpointFailedEvent.class);
		assertThat(failed.getCode()).isEqualTo(SocketErrorCode.HANDLER_FAILED);
		assertThat(failed.isRecovered()).isFalse();
		this.released.countDown();
		Awaitility.await().until(() -> receiver.status().state() == EndpointState.LISTENING);
		assertThat(this.multicast.awaitEvents(EndpointFailedEvent.class, 2).get(1).isRecovered()).isTrue();
		assertThat(this.multicast.awaitReceived(receiver, 3)).containsExactly("good", "block", "waits");
	}

	/** Owes no more than two answers. */
	private MulticastReceiver receiverOfTwo() {
		MulticastReceiver receiver = this.multicast
			.receiver((settings) -> settings.groups(List.of(this.group)).queue(2, QueueOverflow.DROP_NEWEST));
		receiver.addHandler((peer, payload) -> {
			CompletableFuture<Object> answer = new CompletableFuture<>();
			this.answers.add(answer);
			return answer;
		});
		return receiver;
	}

	private MulticastSender sender(MulticastReceiver receiver) {
		return this.multicast.sender((settings) -> settings.group(this.group)
			.port(TestMulticast.port(receiver))
			.requestTimeout(TestMulticast.SOON));
	}

}
