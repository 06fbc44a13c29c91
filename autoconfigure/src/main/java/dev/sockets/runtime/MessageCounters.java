package dev.sockets.runtime;

import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import dev.sockets.EndpointStatistics;
import dev.sockets.SocketErrorCode;

/**
 * Counts the messages of one endpoint that has no connections to count them. Open to all
 * threads.
 */
public final class MessageCounters {

	private final LongAdder received = new LongAdder();

	private final LongAdder bytesReceived = new LongAdder();

	private final LongAdder sent = new LongAdder();

	private final LongAdder bytesSent = new LongAdder();

	private final ReasonCounts<SocketErrorCode> failed;

	/**
	 * Creates counters, all zero.
	 * @param failures why a message can fail
	 */
	public MessageCounters(Set<SocketErrorCode> failures) {
		this.failed = ReasonCounts.by(failures);
	}

	/** A message was received; its bytes are counted apart. */
	public void received() {
		this.received.increment();
	}

	/**
	 * Bytes were received.
	 * @param bytes how many
	 */
	public void bytesReceived(int bytes) {
		this.bytesReceived.add(bytes);
	}

	/**
	 * A message was sent.
	 * @param bytes how many it has
	 */
	public void sent(int bytes) {
		this.sent.increment();
		this.bytesSent.add(bytes);
	}

	/**
	 * A message has failed.
	 * @param code why
	 */
	public void failed(SocketErrorCode code) {
		this.failed.count(code);
	}

	/**
	 * Returns the sums.
	 * @return what was counted so far
	 */
	public EndpointStatistics.Messages sums() {
		return new EndpointStatistics.Messages(this.received.sum(), this.sent.sum(), this.failed.counts(),
				this.bytesReceived.sum(), this.bytesSent.sum());
	}

}
