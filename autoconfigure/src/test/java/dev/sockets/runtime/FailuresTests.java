package dev.sockets.runtime;

import org.junit.jupiter.api.Test;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

import static org.assertj.core.api.Assertions.assertThat;

class FailuresTests {

	private final Failures failures = new Failures();

	@Test
	void whenACauseMayHoldMoreThanItSaysThenOnlyItsTextIsKept() {
		add(new Holding(new byte[1000], new IllegalStateException("why")));
		Throwable kept = this.failures.all().get(0).cause();
		assertThat(kept).isNotInstanceOf(Holding.class)
			.hasToString(Holding.class.getName() + ": It holds much")
			.cause()
			.hasToString("java.lang.IllegalStateException: why");
		assertThat(CutFailure.type(kept)).isEqualTo(Holding.class.getName());
	}

	@Test
	void whenWhatIsSaidIsLongThenItIsCut() {
		add(new IllegalStateException("x".repeat(1_000_000)));
		assertThat(this.failures.last().cause().getMessage().length()).isLessThan(10_000);
		assertThat(this.failures.last().toString().length()).isLessThan(20_000);
	}

	@Test
	void whenACauseHoldsShortTextsOnlyThenItIsKeptItself() {
		IllegalStateException cause = new IllegalStateException("short", new ArithmeticException("why"));
		add(cause);
		assertThat(this.failures.last().cause()).isSameAs(cause);
	}

	@Test
	void whenSomethingLargeIsSuppressedThenOnlyTheTextIsKept() {
		IllegalStateException cause = new IllegalStateException("short");
		cause.addSuppressed(new Holding(new byte[1000], null));
		add(cause);
		assertThat(this.failures.last().cause()).isNotSameAs(cause)
			.hasToString("java.lang.IllegalStateException: short");
	}

	@Test
	void whenThereIsNoCauseThenNoneIsKept() {
		add(null);
		assertThat(this.failures.last().cause()).isNull();
	}

	private void add(Throwable cause) {
		this.failures.add(SocketErrorCode.CODEC_FAILED,
				new SocketOperationException(SocketErrorCode.CODEC_FAILED, "It cannot be decoded", cause));
	}

	private static final class Holding extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@SuppressWarnings("unused")
		private final transient byte[] payload;

		Holding(byte[] payload, Throwable cause) {
			super("It holds much", cause);
			this.payload = payload;
		}

	}

}
