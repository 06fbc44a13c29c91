package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each request ends exactly once, whatever comes together.
 */
@Timeout(60)
class PendingRequestsTests {

	private static final int MAX = 1000;

	private static final long KEEP = TimeUnit.HOURS.toNanos(1);

	private final PendingRequests requests = new PendingRequests(MAX);

	private final List<PendingRequest> added = new ArrayList<>();

	@Test
	void whenAnswersComeThenTheyAreForTheOldestRequests() {
		CompletableFuture<Object> first = add(1);
		CompletableFuture<Object> second = add(1);
		assertThat(next()).isSameAs(first);
		assertThat(next()).isSameAs(second);
		assertThat(next()).isNull();
	}

	@Test
	void whenARequestWasGivenUpThenItsPlaceIsKeptForItsAnswer() {
		CompletableFuture<Object> first = add(-1);
		CompletableFuture<Object> second = add(Long.MAX_VALUE / 2);
		this.requests.expire(System.nanoTime(), KEEP);
		assertThat(code(first)).isEqualTo(SocketErrorCode.REQUEST_TIMEOUT);
		assertThat(next()).isNull();
		assertThat(next()).isSameAs(second);
	}

	@Test
	void whenARequestWasGivenUpLongAgoThenItsPlaceIsGone() {
		add(-1);
		CompletableFuture<Object> second = add(KEEP * 2);
		this.requests.expire(System.nanoTime(), KEEP);
		this.requests.expire(System.nanoTime() + KEEP, KEEP);
		assertThat(next()).isSameAs(second);
	}

	@Test
	void whenARequestIsStillOpenThenThePlacesBehindItAreKept() {
		CompletableFuture<Object> first = add(KEEP * 3);
		add(-1);
		CompletableFuture<Object> third = add(KEEP * 3);
		this.requests.expire(System.nanoTime(), KEEP);
		this.requests.expire(System.nanoTime() + KEEP, KEEP);
		assertThat(next()).isSameAs(first);
		assertThat(next()).isNull();
		assertThat(next()).isSameAs(third);
	}

	@Test
	void whenARequestWasNotSentThenItsPlaceIsGone() {
		CompletableFuture<Object> first = add(1);
		CompletableFuture<Object> second = add(1);
		assertThat(this.requests.withdraw(this.added.get(0))).isTrue();
		assertThat(this.requests.withdraw(this.added.get(0))).isFalse();
		assertThat(next()).isSameAs(second);
	}

	@Test
	void whenRequestsHaveKeysThenEachLineIsInOrderAndNoOtherIsTouched() {
		CompletableFuture<Object> a = add(1, "a");
		CompletableFuture<Object> plain = add(1);
		CompletableFuture<Object> b = add(1, "b");
		CompletableFuture<Object> again = add(1, "a");
		assertThat(next("c")).isNull();
		assertThat(next("b")).isSameAs(b);
		assertThat(next("a")).isSameAs(a);
		assertThat(next()).isSameAs(plain);
		assertThat(next("a")).isSameAs(again);
		assertThat(next("a")).isNull();
	}

	@Test
	void whenAnAnswerHasNotComeThenThatIsToldOnceEverythingWasRead() {
		add(1);
		long late = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
		assertThat(this.requests.expire(late, 0)).isFalse();
		assertThat(this.requests.expire(late, TimeUnit.SECONDS.toNanos(2))).isTrue();
	}

	@Test
	void whenTooManyWaitThenMoreAreRefusedUntilOneIsAnswered() {
		for (int i = 0; i < MAX; i++) {
			add(1);
		}
		assertThat(refusal()).isEqualTo(SocketErrorCode.TOO_MANY_REQUESTS);
		next();
		add(1);
		assertThat(refusal()).isEqualTo(SocketErrorCode.TOO_MANY_REQUESTS);
	}

	@Test
	void whenClosedThenAllFailAndMoreAreRefusedForTheFirstReason() {
		CompletableFuture<Object> waiting = add(1);
		this.requests.close(new SocketOperationException(SocketErrorCode.NOT_CONNECTED, "closed"));
		this.requests.close(new SocketOperationException(SocketErrorCode.SHUTTING_DOWN, "stopped"));
		assertThat(code(waiting)).isEqualTo(SocketErrorCode.NOT_CONNECTED);
		assertThat(refusal()).isEqualTo(SocketErrorCode.NOT_CONNECTED);
	}

	@Test
	void whenAnswersTimeOutsAndTheEndRaceThenEachRequestEndsOnce() throws Exception {
		for (int round = 0; round < 30; round++) {
			race();
		}
	}

	private void race() throws Exception {
		PendingRequests requests = new PendingRequests(Integer.MAX_VALUE);
		List<CompletableFuture<Object>> all = new ArrayList<>();
		AtomicInteger completions = new AtomicInteger();
		int count = 2000;
		List<Thread> threads = List.of(new Thread(() -> {
			for (int i = 0; i < count; i++) {
				CompletableFuture<Object> answer = new CompletableFuture<>();
				answer.whenComplete((result, failure) -> completions.incrementAndGet());
				all.add(answer);
				long deadline = System.nanoTime() + ThreadLocalRandom.current().nextInt(200_000);
				SocketOperationException refused = requests.add(new PendingRequest(answer, null, deadline, 100_000),
						() -> {
						});
				if (refused != null) {
					answer.completeExceptionally(refused);
				}
			}
		}), new Thread(() -> {
			for (int i = 0; i < count * 2; i++) {
				PendingRequest request = requests.next(null);
				if (request != null) {
					request.answer().complete("answer");
				}
			}
		}), new Thread(() -> {
			for (int i = 0; i < count / 10; i++) {
				requests.expire(System.nanoTime(), KEEP);
			}
			requests.close(new SocketOperationException(SocketErrorCode.NOT_CONNECTED, "closed"));
		}));
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(all).hasSize(count).allMatch(CompletableFuture::isDone);
		assertThat(completions).hasValue(count);
		assertThat(requests.next(null)).isNull();
	}

	private CompletableFuture<Object> add(long nanos) {
		return add(nanos, null);
	}

	private CompletableFuture<Object> add(long nanos, Object key) {
		CompletableFuture<Object> answer = new CompletableFuture<>();
		PendingRequest request = new PendingRequest(answer, key, System.nanoTime() + nanos, KEEP);
		assertThat(this.requests.add(request, () -> {
		})).isNull();
		this.added.add(request);
		return answer;
	}

	/** Returns what the next message without a key answers. */
	private CompletableFuture<Object> next() {
		return next(null);
	}

	private CompletableFuture<Object> next(Object key) {
		PendingRequest request = this.requests.next(key);
		return (request == null || request.answer().isDone()) ? null : request.answer();
	}

	private SocketErrorCode refusal() {
		SocketOperationException refused = this.requests.add(new PendingRequest(new CompletableFuture<>(), null, 0, 0),
				() -> {
					throw new AssertionError("It was queued");
				});
		return refused.getCode();
	}

	private static SocketErrorCode code(CompletableFuture<Object> answer) {
		return answer.handle((result, failure) -> ((SocketOperationException) failure).getCode()).join();
	}

}
