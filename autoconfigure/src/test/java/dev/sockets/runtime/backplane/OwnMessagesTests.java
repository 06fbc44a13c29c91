package dev.sockets.runtime.backplane;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;

import dev.sockets.backplane.Outgoing;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which messages are those that this node has sent itself.
 */
class OwnMessagesTests {

	private static final long INCARNATION = 42;

	private final OwnMessages own = new OwnMessages(INCARNATION, 1000);

	private static byte[] message(long incarnation, int number) {
		return ByteBuffer.allocate(100).putLong(8, incarnation).putInt(50, number).array();
	}

	private void send(int number) {
		this.own.sent(new Outgoing("all", message(INCARNATION, number)));
	}

	private boolean isNext(int number) {
		return this.own.isNext("all", message(INCARNATION, number));
	}

	@Test
	void whenMessagesComeBackInOrderThenEachIsKnownOnce() {
		send(1);
		send(2);
		assertThat(isNext(1)).isTrue();
		assertThat(isNext(1)).isFalse();
		assertThat(isNext(2)).isTrue();
		assertThat(isNext(2)).isFalse();
	}

	@Test
	void whenOneByteDiffersThenItIsNotKnown() {
		send(1);
		for (int i = 0; i < 100; i++) {
			byte[] altered = message(INCARNATION, 1);
			altered[i] ^= 1;
			assertThat(this.own.isNext("all", altered)).isFalse();
		}
		assertThat(this.own.isNext("other", message(INCARNATION, 1))).isFalse();
		assertThat(isNext(1)).isTrue();
	}

	@Test
	void whenAnotherOrderComesThenItIsNotKnownUntilASignatureSaysThatItIsRight() {
		send(1);
		send(2);
		send(3);
		assertThat(isNext(2)).isFalse();
		this.own.skipTo("all", message(7, 2));
		assertThat(isNext(3)).isFalse();
		this.own.skipTo("all", message(INCARNATION, 2));
		assertThat(isNext(1)).isFalse();
		assertThat(isNext(3)).isTrue();
	}

	@Test
	void whenNothingComesBackThenNoMoreIsKeptThanMayBe() {
		for (int i = 0; i < 11; i++) {
			send(i);
		}
		assertThat(isNext(0)).isFalse();
		assertThat(isNext(1)).isTrue();
		this.own.reset();
		assertThat(isNext(2)).isFalse();
	}

}
