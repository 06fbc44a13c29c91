package dev.sockets.runtime.backplane;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;

import dev.sockets.runtime.backplane.frame.FrameType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Own frames on their way.
 */
class EchoWindowTests {

	private static final int FRAME = frame(0).size();

	private final EchoWindow window = new EchoWindow(2 * FRAME);

	private static PendingFrame frame(long sequence) {
		return new PendingFrame("all", FrameType.ALL, sequence, new byte[50], ByteBuffer.allocate(0), 0);
	}

	@Test
	void whenFramesComeBackThenThereIsRoomAgainAndItIsSaidWhenThereWasNone() {
		this.window.issued(frame(1));
		this.window.issued(frame(2));
		assertThat(this.window.room()).isZero();
		assertThat(this.window.heard("other", 1, false)).isFalse();
		assertThat(this.window.heard("all", 1, false)).as("there was no room").isTrue();
		assertThat(this.window.room()).isEqualTo(FRAME);
		assertThat(this.window.heard("all", 2, false)).as("there was room before").isFalse();
		assertThat(this.window.room()).isEqualTo(2L * FRAME);
	}

	@Test
	void whenMoreIsOnItsWayThanThereIsRoomForThenItIsSaidWhenThereIsSome() {
		for (int i = 1; i <= 4; i++) {
			this.window.issued(frame(i));
		}
		assertThat(this.window.heard("all", 1, false)).isFalse();
		assertThat(this.window.heard("all", 2, false)).isFalse();
		assertThat(this.window.heard("all", 3, false)).isTrue();
	}

	@Test
	void whenAllBeforeAFrameIsLostThenThereIsRoomAgain() {
		this.window.issued(frame(1));
		this.window.issued(frame(2));
		this.window.issued(frame(3));
		assertThat(this.window.heard("all", 3, true)).isTrue();
		assertThat(this.window.room()).isEqualTo(2L * FRAME);
	}

}
