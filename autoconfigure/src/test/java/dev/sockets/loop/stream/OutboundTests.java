package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way out of a channel: what is admitted, every state of {@link OutputState}, and
 * what senders are told.
 */
@Timeout(60)
class OutboundTests {

	@Test
	void whenTheSocketTakesEverythingThenASendHasEndedWhenItReturns() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			assertThat(test.send("one")).isNull();
			assertThat(test.send("two")).isNull();
			assertThat(test.transport.written()).isEqualTo("onetwo");
			assertThat(test.ends).containsExactly("one", "two");
			assertThat(test.channel().pending()).isZero();
			assertThat(test.channel().activity().bytesWritten()).isEqualTo(6);
			assertThat(test.channel().activity().framesWritten()).isEqualTo(2);
		}
	}

	@Test
	void whenTheSocketIsFullThenTheRestWaitsInOrderUntilItIsWritable() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			test.transport.room = 2;
			assertThat(test.send("one")).isNull();
			assertThat(test.send("two")).isNull();
			assertThat(test.transport.written()).isEqualTo("on");
			assertThat(test.channel().pending()).isEqualTo(4);
			assertThat(test.ends).isEmpty();
			test.writable(2);
			assertThat(test.transport.written()).isEqualTo("onet");
			assertThat(test.ends).containsExactly("one");
			test.writable(100);
			assertThat(test.transport.written()).isEqualTo("onetwo");
			assertThat(test.ends).containsExactly("one", "two");
			assertThat(test.channel().pending()).isZero();
		}
	}

	@Test
	void whenTheNewestFailsForWantOfRoomThenItsSenderLearnsThatAtOnce() throws IOException {
		try (TestChannel test = new TestChannel(6, Overflow.FAIL_NEWEST).open()) {
			test.transport.room = 0;
			assertThat(test.send("first")).isNull();
			assertThat(test.send("second")).hasMessage("OVERFLOW");
			assertThat(test.send("x")).isNull();
			assertThat(test.ends).containsExactly("second OVERFLOW");
			test.writable(100);
			assertThat(test.transport.written()).isEqualTo("firstx");
		}
	}

	@Test
	void whenTheOldestFailsForWantOfRoomThenNotTheOneThatIsWrittenInPart() throws IOException {
		try (TestChannel test = new TestChannel(10, Overflow.FAIL_OLDEST).open()) {
			test.transport.room = 1;
			test.send("first");
			test.send("sec");
			test.send("thi");
			assertThat(test.send("four")).isNull();
			assertThat(test.ends).containsExactly("sec OVERFLOW", "thi OVERFLOW");
			assertThat(test.channel().pending()).isEqualTo(8);
			test.writable(100);
			assertThat(test.transport.written()).isEqualTo("firstfour");
		}
	}

	@Test
	void whenTooMuchWaitsForADisconnectPolicyThenTheChannelIsAborted() throws IOException {
		try (TestChannel test = new TestChannel(6, Overflow.CLOSE).open()) {
			test.transport.room = 0;
			test.send("first");
			assertThat(test.send("second")).hasMessage("OVERFLOW");
			test.awaitCall("released");
			assertThat(test.handler.calls).containsSubsequence("aborting OVERFLOW", "closed", "released");
			assertThat(test.ends).containsExactlyInAnyOrder("first CLOSED", "second OVERFLOW");
			assertThat(test.channel().pending()).isZero();
		}
	}

	@Test
	void whenAWriteFailsThenEverythingThatWaitsFailsAndNothingIsPending() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			test.transport.room = 1;
			test.send("one");
			test.send("two");
			test.transport.failure = new IOException("reset");
			test.writable(100);
			test.awaitCall("released");
			assertThat(test.handler.calls).containsSubsequence("aborting BROKEN", "closed", "released");
			assertThat(test.ends).containsExactly("one CLOSED", "two CLOSED");
			assertThat(test.channel().pending()).isZero();
			assertThat(test.send("three")).hasMessage("CLOSED");
			assertThat(test.channel().pending()).isZero();
		}
	}

	@Test
	void whenAWriteFailsInItsMiddleThenEverythingFailsAndNothingIsPending() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			test.transport.room = 0;
			test.send("one");
			test.send("two");
			test.send("three");
			AtomicInteger writes = new AtomicInteger();
			test.transport.onWrite = () -> {
				if (writes.incrementAndGet() == 2) {
					test.transport.failure = new IOException("reset");
				}
			};
			test.writable(100);
			test.awaitCall("released");
			assertThat(test.transport.written()).isEqualTo("onetwo");
			assertThat(test.ends).containsExactly("one CLOSED", "two CLOSED", "three CLOSED");
			assertThat(test.channel().pending()).isZero();
		}
	}

	@Test
	void whenWhatASendWritesFailsThenItReturnsTheFailure() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			test.transport.failure = new IOException("reset");
			assertThat(test.send("one")).hasMessage("CLOSED");
			assertThat(test.channel().offer(TestChannel.bytes("two"), null)).isFalse();
		}
	}

	@Test
	void whenTheEndComesWhileRoomIsMadeThenNothingIsPending() throws IOException {
		try (TestChannel test = new TestChannel(10, Overflow.FAIL_OLDEST).open()) {
			test.transport.room = 0;
			test.send("first");
			test.channel().send(TestChannel.bytes("drop"), (failure) -> test.channel().abort());
			assertThat(test.send("second")).hasMessage("CLOSED");
			assertThat(test.ends).containsExactly("first CLOSED", "second CLOSED");
			assertThat(test.channel().pending()).isZero();
		}
	}

	@Test
	void whenSendersMeetTheEndThenNothingIsPendingWhenTheLastSendHasEnded() throws Exception {
		for (int round = 0; round < 30; round++) {
			try (TestChannel test = new TestChannel(1000, Overflow.FAIL_NEWEST).open()) {
				test.transport.room = 50;
				AtomicInteger ended = new AtomicInteger();
				CountDownLatch begun = new CountDownLatch(3);
				Thread[] senders = new Thread[3];
				for (int i = 0; i < senders.length; i++) {
					senders[i] = new Thread(() -> {
						begun.countDown();
						for (int j = 0; j < 30; j++) {
							test.channel().send(TestChannel.bytes("0123456789"), (failure) -> ended.incrementAndGet());
						}
					});
					senders[i].start();
				}
				assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
				test.channel().abort();
				for (Thread sender : senders) {
					sender.join();
				}
				Awaitility.await().until(() -> ended.get() == 90);
				assertThat(test.channel().pending()).isZero();
			}
		}
	}

	@Test
	void whenAHandlerAnswersManyMessagesOfOneReadThenTheAnswersLeaveInOneWrite() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			test.handler.onReceived = (text) -> {
				test.channel().collectReplies();
				assertThat(test.channel().caller()).isEqualTo(Caller.LOOP_HANDLER);
				assertThat(test.channel().append("one".getBytes(), 3)).isTrue();
				assertThat(test.channel().append("two".getBytes(), 3)).isTrue();
				assertThat(test.transport.written()).isEmpty();
			};
			assertThat(test.channel().append("no".getBytes(), 2)).isFalse();
			test.receive("ask");
			Awaitility.await().until(() -> test.transport.written().equals("onetwo"));
			Awaitility.await().until(() -> test.channel().activity().framesWritten() == 2);
			assertThat(test.channel().caller()).isEqualTo(Caller.STRANGER);
		}
	}

	@Test
	void whenAHandlerCollectsRepliesAndTheSocketIsFullThenTheRestWaitsBehindWhatWaited() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			test.transport.room = 1;
			test.send("first");
			test.handler.onReceived = (text) -> {
				test.channel().collectReplies();
				test.channel().append("reply".getBytes(), 5);
			};
			test.receive("ask");
			Awaitility.await().until(() -> test.channel().pending() == 9);
			test.writable(6);
			assertThat(test.transport.written()).isEqualTo("firstre");
			test.writable(100);
			assertThat(test.transport.written()).isEqualTo("firstreply");
			Awaitility.await()
				.until(() -> test.channel().pending() == 0 && test.channel().activity().framesWritten() == 2);
		}
	}

	@Test
	void whenCollectedRepliesAreDroppedForWantOfRoomThenTheirNumberIsToldAndTheyAreNotCountedAsWritten()
			throws IOException {
		try (TestChannel test = new TestChannel(20, Overflow.FAIL_OLDEST).open()) {
			test.transport.room = 1;
			test.send("first");
			Flusher flusher = test.channel().flusher();
			flusher.beginBatch(unwatchedBatch());
			test.channel().append("one".getBytes(), 3);
			test.channel().append("two".getBytes(), 3);
			flusher.endOwnBatch();
			assertThat(test.send("this needs room")).isNull();
			assertThat(test.handler.calls).contains("repliesUnsent 2 OVERFLOW");
			test.writable(100);
			assertThat(test.transport.written()).isEqualTo("firstthis needs room");
			assertThat(test.channel().activity().framesWritten()).isEqualTo(2);
			assertThat(test.channel().pending()).isZero();
		}
	}

	@Test
	void whenALateHandlersRepliesAreTakenAfterTheEndThenNothingIsPending() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			Flusher flusher = test.channel().flusher();
			flusher.beginBatch(new ReplyBatch(64));
			test.transport.room = 0;
			test.send("waits");
			test.channel().append("reply".getBytes(), 5);
			test.channel().abort();
			flusher.flushStale();
			flusher.endOwnBatch();
			assertThat(test.channel().pending()).isZero();
			assertThat(test.ends).containsExactly("waits CLOSED");
		}
	}

	@Test
	void whenAHandlerIsInterruptedThenNotTheOneThatItsThreadRunsNext() throws Exception {
		try (TestChannel one = new TestChannel(100, Overflow.FAIL_NEWEST).open();
				TestChannel other = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			ReplyBatch batch = new ReplyBatch(64);
			Thread cutter = new Thread(() -> {
				while (!Thread.currentThread().isInterrupted()) {
					one.channel().interruptHandler();
				}
			});
			cutter.start();
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
			for (int i = 0; i < 100_000 && System.nanoTime() < end; i++) {
				one.channel().flusher().beginBatch(batch);
				one.channel().flusher().endOwnBatch();
				Thread.interrupted();
				other.channel().flusher().beginBatch(batch);
				boolean interrupted = Thread.currentThread().isInterrupted();
				other.channel().flusher().endOwnBatch();
				if (interrupted) {
					Thread.interrupted();
				}
				assertThat(interrupted).isFalse();
			}
			cutter.interrupt();
			cutter.join();
		}
	}

	@Test
	void whenAHandlerEndsBeforeItIsInterruptedThenItsThreadIsNot() throws Exception {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			Thread cutter = new Thread(test.channel()::interruptHandler);
			test.transport.onWrite = () -> {
				cutter.start();
				Awaitility.await()
					.until(() -> cutter.getState() == Thread.State.WAITING
							|| cutter.getState() == Thread.State.TERMINATED);
			};
			Flusher flusher = test.channel().flusher();
			flusher.beginBatch(unwatchedBatch());
			test.channel().append("reply".getBytes(), 5);
			flusher.endOwnBatch();
			cutter.join();
			assertThat(Thread.interrupted()).isFalse();
		}
	}

	/** As an event loop has it: the watchdog does not look what waits in it. */
	private static ReplyBatch unwatchedBatch() {
		return new ReplyBatch(ByteBuffer.allocate(64));
	}

}
