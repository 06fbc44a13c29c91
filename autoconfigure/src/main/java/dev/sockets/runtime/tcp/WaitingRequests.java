package dev.sockets.runtime.tcp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.loop.MemoryBudget;

/**
 * Requests that are not sent yet, in the order in which they will be. Their bytes count
 * into what is kept in all. Guarded by the lock of who has them.
 */
final class WaitingRequests {

	private final MemoryBudget memory;

	private final Deque<OutgoingRequest> waiting = new ArrayDeque<>();

	private long bytes;

	WaitingRequests(MemoryBudget memory) {
		this.memory = memory;
	}

	/**
	 * Adds a request if there is memory for it.
	 * @param request the request
	 * @return why it may not wait; {@code null} when it may
	 */
	@Nullable SocketOperationException add(OutgoingRequest request) {
		int size = request.frame().size();
		if (this.memory.isOverdrawnBy(this.bytes + size)) {
			return RequestFailures.noMemory();
		}
		count(size);
		this.waiting.add(request);
		return null;
	}

	private void count(long size) {
		this.bytes += size;
		this.memory.add(size);
	}

	boolean isEmpty() {
		return this.waiting.isEmpty();
	}

	int size() {
		return this.waiting.size();
	}

	@Nullable OutgoingRequest poll() {
		OutgoingRequest first = this.waiting.poll();
		if (first != null) {
			count(-first.frame().size());
		}
		return first;
	}

	/**
	 * Takes those whose deadline has passed.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	List<OutgoingRequest> pollLate(long now) {
		List<OutgoingRequest> late = new ArrayList<>();
		this.waiting.removeIf((request) -> request.request().isLate(now) && late.add(request));
		late.forEach((request) -> count(-request.frame().size()));
		return late;
	}

	List<OutgoingRequest> pollAll() {
		List<OutgoingRequest> all = new ArrayList<>(this.waiting);
		this.waiting.clear();
		count(-this.bytes);
		return all;
	}

	/**
	 * Returns when the first of those that wait is given up.
	 * @param other the same of others
	 * @return the earlier one, as {@code StreamChannel.nanos()}
	 */
	long firstDeadline(long other) {
		long first = other;
		for (OutgoingRequest request : this.waiting) {
			long deadline = request.request().deadline();
			first = (deadline - first < 0) ? deadline : first;
		}
		return first;
	}

}
