package dev.sockets.loop.stream;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every step of the table in {@link ChannelState}, and what a channel does at each.
 */
@Timeout(60)
class ChannelStateTests {

	@Test
	void whenAStateIsNotInTheTableThenNothingLeadsThere() {
		assertThat(followers(ChannelState.UNOPENED)).containsExactly(ChannelState.OPEN, ChannelState.CLOSING,
				ChannelState.CLOSED);
		assertThat(followers(ChannelState.OPEN)).containsExactly(ChannelState.CLOSING, ChannelState.CLOSED);
		assertThat(followers(ChannelState.CLOSING)).containsExactly(ChannelState.CLOSED);
		assertThat(followers(ChannelState.CLOSED)).containsExactly(ChannelState.LINGERING, ChannelState.RELEASED);
		assertThat(followers(ChannelState.LINGERING)).containsExactly(ChannelState.RELEASED);
		assertThat(followers(ChannelState.RELEASED)).isEmpty();
	}

	@Test
	void whenAChannelIsClosedThenItWritesWhatWaitsAndHearsThePeerOut() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			test.transport.room = 1;
			test.send("one");
			test.channel().close();
			test.channel().close();
			assertThat(test.channel().isOpen()).isFalse();
			assertThat(test.channel().closer().isClosing()).isTrue();
			test.writable(100);
			test.awaitCall("closed");
			assertThat(test.transport.written()).isEqualTo("one");
			assertThat(test.ends).containsExactly("one");
			assertThat(test.transport.outputFinished).isTrue();
			test.awaitCall("released");
			assertThat(test.handler.calls).containsExactly("opened", "closed", "released");
			assertThat(test.transport.open).isFalse();
		}
	}

	@Test
	void whenThePeerHasEndedFirstThenClosingWaitsForNothing() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			test.receive("last");
			test.receiveEnd();
			assertThat(test.channel().isOpen()).isTrue();
			test.send("answer");
			test.channel().close();
			test.awaitCall("released");
			assertThat(test.handler.calls).containsExactly("opened", "received last", "inputEnded BY_PEER", "closed",
					"released");
			assertThat(test.transport.written()).isEqualTo("answer");
			assertThat(test.transport.outputFinished).isFalse();
		}
	}

	@Test
	void whenAClosingChannelIsAbortedThenWhatWaitsFailsAndTheHandlerIsToldOnce() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			test.transport.room = 1;
			test.send("one");
			test.channel().close();
			test.channel().abort();
			test.channel().abort();
			test.channel().close();
			test.awaitCall("released");
			assertThat(test.ends).containsExactly("one CLOSED");
			assertThat(test.handler.calls).containsExactly("opened", "closed", "released");
			assertThat(test.transport.open).isFalse();
		}
	}

	@Test
	void whenReadingFailsThenTheChannelIsAborted() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			test.transport.failure = new IOException("reset");
			test.transport.input.add("never");
			test.channel().signal(Signal.RESUME);
			test.awaitCall("released");
			assertThat(test.handler.calls).containsExactly("opened", "aborting BROKEN", "closed", "released");
		}
	}

	@Test
	void whenAChannelIsAbortedBeforeItIsOpenThenItWasNeverConnected() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST)) {
			test.channel().abort();
			test.awaitCall("connectFailed");
			assertThat(test.handler.calls).containsExactly("connectFailed");
			assertThat(test.channel().isOpen()).isFalse();
		}
	}

	@Test
	void whenInputIsEndedOnRequestThenNothingMoreIsReadButTheChannelStaysOpen() throws IOException {
		try (TestChannel test = new TestChannel(100, Overflow.FAIL_NEWEST).open()) {
			test.channel().endInput();
			test.awaitCall("inputEnded ON_REQUEST");
			test.transport.input.add("late");
			test.channel().signal(Signal.RESUME);
			assertThat(test.channel().isReading()).isFalse();
			assertThat(test.send("goodbye")).isNull();
			test.channel().close();
			test.awaitCall("closed");
			Awaitility.await().until(() -> !test.transport.open);
			assertThat(test.handler.calls).doesNotContain("received late");
		}
	}

	private static Set<ChannelState> followers(ChannelState state) {
		Set<ChannelState> followers = EnumSet.allOf(ChannelState.class);
		followers.removeIf((next) -> !state.leadsTo(next));
		return followers;
	}

}
