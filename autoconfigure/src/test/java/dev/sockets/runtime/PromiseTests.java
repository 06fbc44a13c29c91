package dev.sockets.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.sockets.testkit.Unspeakable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who keeps a promise is not hit by what others do then.
 */
class PromiseTests {

	static Stream<Promise<String>> promises() {
		return Stream.of(new Promise<>(), new AwaitedAnswer<>(() -> true));
	}

	@ParameterizedTest
	@MethodSource("promises")
	void whenThoseWhoAreToldThrowThenTheOthersAreToldAllTheSame(Promise<String> promise) {
		List<String> told = new ArrayList<>();
		CompletableFuture<Void> next = promise.thenAccept(told::add);
		promise.whenComplete((value, failure) -> {
			throw new Unspeakable();
		});
		promise.thenAccept(told::add);
		promise.thenApply((value) -> value).thenRun(() -> {
			throw new Unspeakable();
		});
		assertThat(promise.complete("value")).isTrue();
		assertThat(told).containsExactly("value", "value");
		assertThat(next).isCompleted();
		assertThat(promise.complete("another")).isFalse();
	}

	@ParameterizedTest
	@MethodSource("promises")
	void whenThoseWhoAreToldOfAFailureThrowThenTheOthersAreToldAllTheSame(Promise<String> promise) {
		List<Throwable> told = new ArrayList<>();
		IllegalStateException cause = new IllegalStateException("on purpose");
		promise.whenComplete((value, failure) -> told.add(failure));
		for (int i = 0; i < 3; i++) {
			promise.handle((value, failure) -> {
				throw new Unspeakable();
			});
		}
		promise.whenComplete((value, failure) -> told.add(failure));
		assertThat(promise.completeExceptionally(cause)).isTrue();
		assertThat(told).containsExactly(cause, cause);
		assertThat(promise.completeExceptionally(cause)).isFalse();
	}

}
