package dev.sockets.runtime.rpc;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.sockets.SocketOperationException;

/**
 * The requests to a peer that has just been let in: it may refuse them for a moment, as
 * it does not know yet that it has authenticated. They are sent again then, until it has
 * answered any other one. Open to all threads.
 */
final class TcptalksEarlyRequests {

	private static final long LONGEST = Duration.ofSeconds(5).toNanos();

	private static final int MOST = 1000;

	private final RpcLink link;

	private final Map<Long, Object> payloads = new ConcurrentHashMap<>();

	/** Return codes of those that were refused. */
	private final Queue<Long> refused = new ConcurrentLinkedQueue<>();

	private volatile boolean over;

	private volatile long until;

	TcptalksEarlyRequests(RpcLink link) {
		this.link = link;
	}

	/** The application may send requests from now on. */
	void opened() {
		this.until = this.link.nanos() + LONGEST;
	}

	boolean areOver() {
		return this.over;
	}

	/**
	 * A request is about to be sent.
	 * @param code its return code
	 * @param payload the request
	 */
	void add(long code, Object payload) {
		if (!this.over && this.payloads.size() < MOST) {
			this.payloads.put(code, payload);
		}
	}

	/**
	 * The peer has answered.
	 * @param answer its answer
	 * @return whether the request is sent again instead of being answered so
	 */
	boolean sendsAgain(RpcMessage.Answer answer) {
		if (this.over) {
			return false;
		}
		if (!TcptalksErrors.isTooEarly(answer)) {
			end();
			return false;
		}
		Long code = Opcodes.number(answer.returnCode());
		return code != null && this.payloads.containsKey(code) && this.refused.add(code);
	}

	/**
	 * Sends again what was refused.
	 * @param now a reading of {@code RpcLink.nanos()}
	 */
	void tick(long now) {
		if (this.over) {
			return;
		}
		for (int count = this.refused.size(); count > 0; count--) {
			Long code = this.refused.poll();
			Object payload = (code != null) ? this.payloads.get(code) : null;
			if (payload != null) {
				send(payload);
			}
		}
		if (this.until != 0 && now - this.until >= 0) {
			end();
		}
	}

	private void send(Object payload) {
		try {
			this.link.send(payload, false, null);
		}
		catch (SocketOperationException ex) {
			this.link.failed(ex.getCode());
		}
	}

	private void end() {
		this.over = true;
		this.payloads.clear();
	}

}
