package dev.sockets.runtime.backplane;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.runtime.Promise;
import dev.sockets.runtime.RequestTimes;
import dev.sockets.runtime.backplane.frame.Reply;

/**
 * What other nodes were asked for and have not answered. Each ends once: answered, too
 * late, or with its node. Open to all threads; who waits is told on threads of its own.
 */
final class RemoteRequests {

	private record Pending(CompletableFuture<Boolean> result, long incarnation, String node, String connection,
			long deadline) {

	}

	private final int most;

	private final long timeout;

	private final Executor tellers;

	private final Map<Long, Pending> pending = new ConcurrentHashMap<>();

	private final RequestTimes times = new RequestTimes();

	private final AtomicLong ids = new AtomicLong();

	RemoteRequests(int most, long timeoutNanos, Executor tellers) {
		this.most = most;
		this.timeout = timeoutNanos;
		this.tellers = tellers;
	}

	/**
	 * Begins a request.
	 * @param node whom it is for
	 * @param connection what it is about
	 * @param result told how it ends
	 * @return its id; 0 when there are too many, which the result tells
	 */
	long begin(Peer node, String connection, CompletableFuture<Boolean> result) {
		this.times.begin(result);
		if (this.pending.size() >= this.most) {
			result.completeExceptionally(full("More than " + this.most + " requests wait for other nodes; see "
					+ "sockets.backplane.max-pending-requests"));
			return 0;
		}
		long id = this.ids.incrementAndGet();
		this.pending.put(id,
				new Pending(result, node.incarnation(), node.node(), connection, System.nanoTime() + this.timeout));
		return id;
	}

	static SocketOperationException full(String message) {
		return new SocketOperationException(SocketErrorCode.BACKPLANE_FULL, message);
	}

	static CompletableFuture<Boolean> promise() {
		return new Promise<>();
	}

	/** The queue did not take the request. */
	void failed(long id, SocketOperationException failure) {
		Pending request = this.pending.remove(id);
		if (request != null) {
			request.result().completeExceptionally(failure);
		}
	}

	void answered(Reply reply, String node) {
		Pending request = this.pending.get(reply.request());
		if (request == null || !request.node().equals(node) || !this.pending.remove(reply.request(), request)) {
			return;
		}
		this.tellers.execute(() -> {
			switch (reply.code()) {
				case Reply.YES -> request.result().complete(true);
				case Reply.NO -> request.result().complete(false);
				default -> request.result().completeExceptionally(failure(request, reply.code()));
			}
		});
	}

	private static SocketOperationException failure(Pending request, int value) {
		SocketErrorCode answered = Arrays.stream(SocketErrorCode.values())
			.filter((code) -> code.value() == value)
			.findFirst()
			.orElse(SocketErrorCode.REMOTE_ERROR);
		String why = switch (answered) {
			case NOT_CONNECTED -> "There is no connection '%s' on node '%s'";
			case BACKPLANE_TIMEOUT -> "What connection '%s' was to do came too late, as node '%s' was held up";
			case BACKPLANE_FULL -> "Too much waits for connections of node '%2$s', so nothing is done with '%1$s'; see "
					+ "sockets.backplane.inbound.max-pending";
			case CODEC_FAILED -> "Node '%2$s' has another framing or codec, so nothing is sent to connection '%1$s'";
			case REMOTE_ERROR -> "Asked for connection '%s', node '%s' has answered " + value;
			default -> "Asked for connection '%s', node '%s' has answered " + answered;
		};
		return new SocketOperationException(answered, why.formatted(request.connection(), request.node()));
	}

	/** Ends those that wait for a node that has gone. */
	void gone(Peer node) {
		end((request) -> request.incarnation() == node.incarnation(), SocketErrorCode.NOT_CONNECTED, " has gone");
	}

	/** Ends those that have waited for too long. */
	void expire(long now) {
		end((request) -> now - request.deadline() >= 0, SocketErrorCode.BACKPLANE_TIMEOUT,
				" has not answered in time; see sockets.backplane.request-timeout");
	}

	/**
	 * Ends all.
	 * @param why what this node does
	 */
	void endAll(String why) {
		end((request) -> true, SocketErrorCode.BACKPLANE_DOWN, " is not asked any more, as this node " + why);
	}

	private void end(Predicate<Pending> which, SocketErrorCode code, String what) {
		List.copyOf(this.pending.entrySet()).forEach((entry) -> {
			Pending request = entry.getValue();
			if (which.test(request) && this.pending.remove(entry.getKey(), request)) {
				this.tellers.execute(() -> request.result()
					.completeExceptionally(new SocketOperationException(code, "Node '" + request.node() + "'" + what)));
			}
		});
	}

	int size() {
		return this.pending.size();
	}

	/** Returns how long they have taken. */
	RequestTimes times() {
		return this.times;
	}

}
