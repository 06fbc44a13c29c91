package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.sockets.framing.FrameOutput;
import dev.sockets.loop.MemoryBudget;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * For how long a request that was not answered keeps its place, and those after it wait.
 */
class KeptPlaceTests {

	private static final long READ = TimeUnit.HOURS.toNanos(1);

	private final PendingRequests requests = requests(0);

	private final List<PendingRequest> queued = new ArrayList<>();

	private static PendingRequests requests(long unread) {
		return new PendingRequests(10, 1000, unread, MemoryBudget.ofHeap());
	}

	@Test
	void whenTheFirstIsLateThenTheNextIsHeldBackForAsLongAgainAndLeavesThen() {
		PendingRequest lost = sendShort(0, 10);
		this.requests.expire(10, READ);
		assertThat(message(lost)).contains("was not answered");
		PendingRequest next = sendShort(10, 50);
		assertThat(this.queued).containsExactly(lost);
		expireAndRelease(19);
		assertThat(this.queued).containsExactly(lost);
		expireAndRelease(20);
		assertThat(this.queued).containsExactly(lost, next);
		assertThat(this.requests.next(null, 21)).isSameAs(next);
	}

	@Test
	void whenTheLateAnswerComesThenTheNextLeavesAtOnce() {
		PendingRequest late = sendShort(0, 10);
		this.requests.expire(10, READ);
		PendingRequest next = sendShort(11, 50);
		assertThat(this.requests.next(null, 15)).isSameAs(late);
		this.requests.release(late, 15, (outgoing) -> this.queued.add(outgoing.request()));
		assertThat(this.queued).containsExactly(late, next);
	}

	@Test
	void whenPollsFollowEachOtherAfterALostAnswerThenOnlyOneMoreFailsAndThatSaysThatItWasNotSent() {
		PendingRequest lost = sendShort(0, 10);
		expireAndRelease(10);
		PendingRequest unsent = sendShort(10, 10);
		expireAndRelease(20);
		assertThat(message(lost)).contains("was not answered");
		assertThat(message(unsent)).contains("was not sent");
		for (int i = 2; i < 10; i++) {
			PendingRequest poll = sendShort(i * 10, 10);
			assertThat(this.queued).hasSize(i).last().isSameAs(poll);
			assertThat(this.requests.next(null, i * 10 + 5)).isSameAs(poll);
		}
		assertThat(this.requests.isAnyWaiting()).isFalse();
	}

	@Test
	void whenWhatHasComeMayNotBeReadYetThenPlacesAreKeptForTheConfiguredTime() {
		PendingRequests requests = requests(500);
		requests.add(new PendingRequest(new CompletableFuture<>(), null, 0, 10, 10));
		requests.expire(400, 9);
		assertThat(requests.isAnyWaiting()).isTrue();
		requests.expire(400, 10);
		assertThat(requests.isAnyWaiting()).isFalse();
		requests.add(new PendingRequest(new CompletableFuture<>(), null, 400, 10, 10));
		requests.expire(909, 0);
		assertThat(requests.isAnyWaiting()).isTrue();
		requests.expire(910, 0);
		assertThat(requests.isAnyWaiting()).isFalse();
	}

	@Test
	void whenOneIsAnsweredThenThePlaceBehindItIsKeptFromThenOn() {
		PendingRequest first = sendShort(0, 1000);
		PendingRequest second = sendShort(0, 10);
		this.requests.expire(10, READ);
		assertThat(this.requests.next(null, 500)).isSameAs(first);
		this.requests.expire(509, READ);
		PendingRequest third = sendShort(509, 10);
		assertThat(this.queued).containsExactly(first, second);
		expireAndRelease(510);
		assertThat(this.queued).containsExactly(first, second, third);
	}

	/** Its place is kept for as long again. */
	private PendingRequest sendShort(long now, long timeout) {
		PendingRequest request = new PendingRequest(new CompletableFuture<>(), null, now, timeout, timeout);
		assertThat(this.requests.send(
				new OutgoingRequest(request, new FrameOutput(1),
						(failure) -> request.answer().completeExceptionally(failure)),
				(outgoing) -> this.queued.add(outgoing.request())))
			.isNull();
		return request;
	}

	private void expireAndRelease(long now) {
		this.requests.expire(now, READ);
		assertThat(this.requests.releaseAnswered(now, (outgoing) -> {
			this.queued.add(outgoing.request());
		})).isEmpty();
	}

	private static String message(PendingRequest request) {
		return request.answer().handle((result, failure) -> failure.getMessage()).join();
	}

}
