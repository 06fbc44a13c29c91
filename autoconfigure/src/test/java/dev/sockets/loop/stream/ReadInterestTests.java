package dev.sockets.loop.stream;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadInterestTests {

	private TestChannel test;

	private ReadInterest interest;

	@BeforeEach
	void createInterest() throws IOException {
		this.test = new TestChannel(100, Overflow.FAIL_NEWEST);
		this.interest = new ReadInterest(this.test.channel().port().registration(), PauseReason.UNOPENED, 1);
	}

	@AfterEach
	void close() {
		this.test.close();
	}

	@Test
	void whenTheLastReasonIsTakenAwayThenItIsOpen() {
		assertThat(this.interest.isOpen()).isFalse();
		assertThat(this.interest.openSince()).isEqualTo(1);
		this.interest.shut(PauseReason.APPLICATION);
		assertThat(this.interest.open(PauseReason.UNOPENED)).isFalse();
		assertThat(this.interest.isOpen()).isFalse();
		assertThat(this.interest.open(PauseReason.APPLICATION)).isTrue();
		assertThat(this.interest.isOpen()).isTrue();
		assertThat(this.interest.openSince()).isNotEqualTo(1);
	}

	@Test
	void whenAReasonIsGivenTwiceThenItIsTakenAwayOnce() {
		this.interest.open(PauseReason.UNOPENED);
		this.interest.shut(PauseReason.BACKLOG);
		this.interest.shut(PauseReason.BACKLOG);
		assertThat(this.interest.open(PauseReason.BACKLOG)).isTrue();
		assertThat(this.interest.open(PauseReason.BACKLOG)).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void whenOneReasonIsLeftThenItIsOpenButForThatOne(PauseReason reason) {
		this.interest.shut(reason);
		this.interest.open((reason != PauseReason.UNOPENED) ? PauseReason.UNOPENED : PauseReason.CLOSING);
		for (PauseReason other : PauseReason.values()) {
			assertThat(this.interest.isOpenBut(other)).isEqualTo(other == reason);
			assertThat(this.interest.open(other)).isEqualTo(other == reason);
			this.interest.shut(reason);
		}
	}

}
