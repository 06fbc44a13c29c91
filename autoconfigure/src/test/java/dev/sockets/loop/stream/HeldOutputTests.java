package dev.sockets.loop.stream;

import java.io.IOException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a transport was given to send with that of others, and could not send: it counts,
 * is waited for, and nothing overtakes it.
 */
@Timeout(60)
class HeldOutputTests {

	@Test
	void whenABatchedReplyIsNotSentWholeThenTheRestCountsAsWaitingUntilItIs() throws IOException {
		try (TestChannel test = replying(3)) {
			assertThat(test.channel().pending()).isZero();
			test.channel().flusher().writable();
			assertThat(test.channel().pending()).isEqualTo(2);
			assertThat(test.channel().loop().memory().used()).isEqualTo(2);
			test.writable(1);
			assertThat(test.channel().pending()).isEqualTo(1);
			test.writable(100);
			assertThat(test.channel().pending()).isZero();
			assertThat(test.channel().loop().memory().used()).isZero();
		}
	}

	@Test
	void whenTheRestOfABatchedReplyWaitsThenWhatFollowsWaitsBehindIt() throws IOException {
		try (TestChannel test = replying(3)) {
			test.channel().flusher().writable();
			assertThat(test.send("next")).isNull();
			Flusher flusher = test.channel().flusher();
			flusher.beginBatch(new ReplyBatch(64));
			test.channel().append("last".getBytes(), 4);
			flusher.endOwnBatch();
			assertThat(test.transport.written()).isEqualTo("reply");
			assertThat(test.channel().pending()).isEqualTo(10);
			test.writable(100);
			assertThat(test.transport.written()).isEqualTo("replynextlast");
			assertThat(test.ends).containsExactly("next");
			assertThat(test.channel().pending()).isZero();
		}
	}

	@Test
	void whenABatchedReplyHasFailedThenTheChannelIsBrokenThoughNothingIsWritten() throws IOException {
		try (TestChannel test = replying(3)) {
			test.channel().flusher().writable();
			test.send("waits");
			test.transport.failure = new IOException("reset");
			test.channel().flusher().writable();
			test.awaitCall("released");
			assertThat(test.handler.calls).containsSubsequence("aborting BROKEN", "closed", "released");
			assertThat(test.ends).containsExactly("waits CLOSED");
			assertThat(test.channel().pending()).isZero();
			assertThat(test.channel().loop().memory().used()).isZero();
		}
	}

	@Test
	void whenTheChannelIsClosedThenItWaitsForTheRest() throws IOException {
		try (TestChannel test = replying(3)) {
			test.channel().close();
			assertThat(test.transport.outputFinished).isFalse();
			assertThat(test.channel().pending()).isEqualTo(2);
			test.writable(100);
			test.awaitCall("closed");
			assertThat(test.transport.outputFinished).isTrue();
		}
	}

	@Test
	void whenItFailsWhileTheChannelClosesThenItsEndIsTold() throws IOException {
		try (TestChannel test = replying(3)) {
			test.transport.failure = new IOException("reset");
			test.channel().close();
			test.awaitCall("released");
			assertThat(test.handler.calls).containsSubsequence("aborting BROKEN", "closed", "released");
		}
	}

	@Test
	void whenTheOutputEndsThenTheRestLeavesBeforeTheEnd() throws IOException {
		try (TestChannel test = replying(3)) {
			OutputEnd.begin(test.channel(), test.callback("end"));
			assertThat(test.transport.outputFinished).isFalse();
			assertThat(test.ends).isEmpty();
			test.writable(100);
			assertThat(test.transport.outputFinished).isTrue();
			assertThat(test.ends).containsExactly("end");
		}
	}

	/** Only of replies that are collected nobody gets to know the end. */
	@Test
	void whenSomethingIsSentThenItIsNotBatched() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			test.transport.room = 1;
			test.send("told");
			test.channel().offer(TestChannel.bytes("offered"), null);
			assertThat(test.transport.written()).isEqualTo("t");
			assertThat(test.transport.held).isZero();
		}
	}

	@Test
	void whenTheRestTakesTooLongThenTheChannelIsStalled() throws IOException {
		try (TestChannel test = replying(3)) {
			test.channel().flusher().writable();
			OutputGate gate = test.channel().writer().gate();
			assertThat(gate.isStuck(test.channel().nanos() + 1_000_000_000L, 1)).isTrue();
		}
	}

	/**
	 * A channel whose handler has replied to a message, which the socket took in part.
	 */
	private static TestChannel replying(int room) throws IOException {
		TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open();
		test.transport.room = room;
		test.handler.onReceived = (text) -> {
			test.channel().collectReplies();
			test.channel().append("reply".getBytes(), 5);
		};
		test.receive("ask");
		Awaitility.await().until(() -> test.transport.held == 5 - room);
		Awaitility.await().until(() -> test.channel().activity().framesWritten() == 1);
		return test;
	}

}
