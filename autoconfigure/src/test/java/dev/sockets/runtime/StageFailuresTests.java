package dev.sockets.runtime;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a stage has failed with is found, whatever its exceptions are like.
 */
@Timeout(60)
class StageFailuresTests {

	@Test
	void whenAFailureIsWrappedThenItIsFoundWithoutThat() {
		IllegalStateException failure = new IllegalStateException();
		assertThat(StageFailures.unwrap(failure)).isSameAs(failure);
		assertThat(StageFailures.unwrap(new CompletionException(new ExecutionException(failure)))).isSameAs(failure);
	}

	@Test
	void whenThereIsNothingInAWrapperThenItIsTheFailure() {
		CompletionException empty = new CompletionException("empty", null);
		assertThat(StageFailures.unwrap(empty)).isSameAs(empty);
	}

	@Test
	void whenAWrapperIsItsOwnCauseThenThereIsAnEnd() {
		CompletionException own = new CompletionException("own", null) {

			@Override
			public synchronized Throwable getCause() {
				return this;
			}

		};
		assertThat(StageFailures.unwrap(own)).isSameAs(own);
	}

	@Test
	void whenTwoWrappersAreEachOthersCauseThenThereIsAnEnd() {
		ExecutionException second = new ExecutionException("second", null) {

			private Throwable other = this;

			@Override
			public synchronized Throwable initCause(Throwable cause) {
				this.other = cause;
				return this;
			}

			@Override
			public synchronized Throwable getCause() {
				return this.other;
			}

		};
		CompletionException first = new CompletionException("first", second);
		second.initCause(first);
		assertThat(StageFailures.unwrap(first)).isIn(first, second);
	}

	@Test
	void whenLookingAtAFailureThrowsThenItIsTheFailure() {
		CompletionException nasty = new CompletionException("nasty", null) {

			@Override
			public synchronized Throwable getCause() {
				throw new IllegalStateException("It throws, as told to");
			}

		};
		assertThat(StageFailures.unwrap(nasty)).isSameAs(nasty);
	}

}
