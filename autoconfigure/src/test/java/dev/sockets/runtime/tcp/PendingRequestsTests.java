package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.loop.MemoryBudget;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each request ends exactly once, whatever comes together.
 */
@Timeout(60)
class PendingRequestsTests {

	private static final int MAX = 1000;

	private static final long KEEP = TimeUnit.HOURS.toNanos(1);

	private static final long CHECKPOINT = 1000;

	private static final int SIZE = 1000;

	private static final MemoryBudget MEMORY = MemoryBudget.ofHeap();

	private final PendingRequests requests = new PendingRequests(MAX, CHECKPOINT, 0, MEMORY);

	private final List<PendingRequest> added = new ArrayList<>();

	private final List<PendingRequest> queued = new ArrayList<>();

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
	void whenRequestsFollowEachOtherTooLongThenOthersAreHeldBackUntilAllAreAnswered() {
		PendingRequest first = send(0, KEEP);
		PendingRequest second = send(CHECKPOINT - 1, KEEP);
		PendingRequest held = send(CHECKPOINT, KEEP);
		PendingRequest behind = send(CHECKPOINT + 1, KEEP);
		assertThat(this.queued).containsExactly(first, second);
		assertThat(this.requests.isAnyHeld()).isTrue();
		next();
		assertThat(release(first, 5)).isEmpty();
		assertThat(this.queued).hasSize(2);
		next();
		assertThat(this.requests.isAnyWaiting()).isTrue();
		assertThat(release(second, 2 * CHECKPOINT)).isEmpty();
		assertThat(this.queued).containsExactly(first, second, held, behind);
		PendingRequest next = send(3 * CHECKPOINT - 1, KEEP);
		assertThat(this.queued).last().isSameAs(next);
		send(3 * CHECKPOINT, KEEP);
		assertThat(this.queued).last().isSameAs(next);
	}

	@Test
	void whenAllAreAnsweredInTimeThenNothingIsEverHeldBack() {
		for (int i = 0; i < 10; i++) {
			PendingRequest request = send(i * CHECKPOINT, KEEP);
			assertThat(this.queued).last().isSameAs(request);
			next();
		}
	}

	@Test
	void whenOthersAreHeldBackThenNoOtherKeyIs() {
		send(0, KEEP);
		send(CHECKPOINT, KEEP);
		PendingRequest other = send(CHECKPOINT, KEEP, "other");
		assertThat(this.queued).hasSize(2).last().isSameAs(other);
	}

	@Test
	void whenRequestsAreHeldBackThenTheyCountEndOnceAndLeaveNoMemoryBehind() {
		MemoryBudget memory = new MemoryBudget(1_000_000);
		PendingRequests requests = new PendingRequests(4, CHECKPOINT, 0, memory);
		PendingRequest first = send(requests, 0, KEEP, null);
		PendingRequest late = send(requests, CHECKPOINT, 1, null);
		PendingRequest cancelled = send(requests, CHECKPOINT, KEEP, null);
		PendingRequest last = send(requests, CHECKPOINT, KEEP, null);
		assertThat(memory.used()).isEqualTo(3 * SIZE);
		assertThat(refuse(requests)).isEqualTo(SocketErrorCode.TOO_MANY_REQUESTS);
		assertThat(requests.expire(CHECKPOINT + 1, KEEP)).isFalse();
		assertThat(code(late.answer())).isEqualTo(SocketErrorCode.REQUEST_TIMEOUT);
		assertThat(memory.used()).isEqualTo(2 * SIZE);
		cancelled.answer().cancel(false);
		assertThat(requests.next(null, CHECKPOINT)).isSameAs(first);
		List<OutgoingRequest> givenUp = requests.releaseAnswered(CHECKPOINT + 2, (outgoing) -> {
		});
		assertThat(givenUp).extracting(OutgoingRequest::request).containsExactly(cancelled);
		assertThat(memory.used()).isZero();
		assertThat(requests.next(null, CHECKPOINT)).isSameAs(last);
		assertThat(requests.isAnyWaiting()).isFalse();
		send(requests, CHECKPOINT + 3, KEEP, null);
		PendingRequest unsent = send(requests, 3 * CHECKPOINT, KEEP, null);
		requests.close(new SocketOperationException(SocketErrorCode.NOT_CONNECTED, "closed"));
		assertThat(code(unsent.answer())).isEqualTo(SocketErrorCode.NOT_CONNECTED);
		assertThat(memory.used()).isZero();
		assertThat(requests.isAnyHeld()).isFalse();
	}

	@Test
	void whenThereIsNoMemoryThenNothingMoreIsHeldBack() {
		MemoryBudget memory = new MemoryBudget(100_000);
		PendingRequests requests = new PendingRequests(MAX, CHECKPOINT, 0, memory);
		send(requests, 0, KEEP, null);
		memory.add(200_000);
		assertThat(IntStream.range(0, 100).mapToObj((i) -> sendOrRefuse(requests, CHECKPOINT)).filter(Objects::nonNull))
			.isNotEmpty()
			.allSatisfy((refused) -> assertThat(refused.getCode()).isEqualTo(SocketErrorCode.TOO_MANY_REQUESTS));
	}

	@Test
	void whenARequestWasHeldBackThenItIsNotOverdueBeforeItsPeerHadItsTime() {
		PendingRequest request = new PendingRequest(new CompletableFuture<>(), null, 0, 100, 100);
		request.sentLater(90);
		request.answer().completeExceptionally(RequestFailures.timeout());
		assertThat(request.isLate(100)).isTrue();
		assertThat(request.isTimedOut(189)).isFalse();
		assertThat(request.isTimedOut(190)).isTrue();
		assertThat(request.isForgotten(289, 100)).isFalse();
		assertThat(request.isForgotten(290, 100)).isTrue();
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
		PendingRequests requests = new PendingRequests(Integer.MAX_VALUE, KEEP, 0, MEMORY);
		List<CompletableFuture<Object>> all = new ArrayList<>();
		AtomicInteger completions = new AtomicInteger();
		int count = 2000;
		List<Thread> threads = List.of(new Thread(() -> {
			for (int i = 0; i < count; i++) {
				CompletableFuture<Object> answer = new CompletableFuture<>();
				answer.whenComplete((result, failure) -> completions.incrementAndGet());
				all.add(answer);
				long timeout = ThreadLocalRandom.current().nextInt(200_000);
				SocketOperationException refused = requests
					.add(new PendingRequest(answer, null, System.nanoTime(), timeout, 100_000));
				if (refused != null) {
					answer.completeExceptionally(refused);
				}
			}
		}), new Thread(() -> {
			for (int i = 0; i < count * 2; i++) {
				PendingRequest request = requests.next(null, System.nanoTime());
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
		assertThat(requests.next(null, System.nanoTime())).isNull();
	}

	private PendingRequest send(long now, long timeout) {
		return send(now, timeout, null);
	}

	private PendingRequest send(long now, long timeout, Object key) {
		return send(this.requests, now, timeout, key);
	}

	private PendingRequest send(PendingRequests requests, long now, long timeout, Object key) {
		PendingRequest request = new PendingRequest(new CompletableFuture<>(), key, now, timeout, KEEP);
		assertThat(requests.send(outgoing(request), (outgoing) -> this.queued.add(outgoing.request()))).isNull();
		return request;
	}

	private static SocketOperationException sendOrRefuse(PendingRequests requests, long now) {
		PendingRequest request = new PendingRequest(new CompletableFuture<>(), null, now, KEEP, KEEP);
		return requests.send(outgoing(request), (outgoing) -> {
		});
	}

	private static OutgoingRequest outgoing(PendingRequest request) {
		FrameOutput frame = new FrameOutput(SIZE);
		frame.write(new byte[SIZE]);
		return new OutgoingRequest(request, frame, (failure) -> {
			if (failure != null) {
				request.answer().completeExceptionally(failure);
			}
		});
	}

	private List<OutgoingRequest> release(PendingRequest before, long now) {
		return this.requests.release(before, now, (outgoing) -> this.queued.add(outgoing.request()));
	}

	private CompletableFuture<Object> add(long nanos) {
		return add(nanos, null);
	}

	private CompletableFuture<Object> add(long nanos, Object key) {
		CompletableFuture<Object> answer = new CompletableFuture<>();
		PendingRequest request = new PendingRequest(answer, key, System.nanoTime(), nanos, KEEP);
		assertThat(this.requests.add(request)).isNull();
		this.added.add(request);
		return answer;
	}

	/** Returns what the next message without a key answers. */
	private CompletableFuture<Object> next() {
		return next(null);
	}

	private CompletableFuture<Object> next(Object key) {
		PendingRequest request = this.requests.next(key, System.nanoTime());
		return (request == null || request.answer().isDone()) ? null : request.answer();
	}

	private SocketErrorCode refusal() {
		return refuse(this.requests);
	}

	private static SocketErrorCode refuse(PendingRequests requests) {
		PendingRequest request = new PendingRequest(new CompletableFuture<>(), null, 0, 0, 0);
		SocketOperationException refused = requests.send(outgoing(request), (queued) -> {
			throw new AssertionError("It was queued");
		});
		return refused.getCode();
	}

	private static SocketErrorCode code(CompletableFuture<Object> answer) {
		return answer.handle((result, failure) -> ((SocketOperationException) failure).getCode()).join();
	}

}
