package dev.sockets.runtime.multicast;

import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointStatistics;
import dev.sockets.SocketErrorCode;
import dev.sockets.multicast.DropReason;
import dev.sockets.runtime.ReasonCounts;

/**
 * Counts what becomes of datagrams.
 */
final class ReceiverCounters {

	private final LongAdder received = new LongAdder();

	private final LongAdder bytesReceived = new LongAdder();

	private final LongAdder delivered = new LongAdder();

	private final LongAdder sent = new LongAdder();

	private final LongAdder bytesSent = new LongAdder();

	private final ReasonCounts<SocketErrorCode> failed = ReasonCounts
		.by(EnumSet.of(SocketErrorCode.CODEC_FAILED, SocketErrorCode.HANDLER_FAILED, SocketErrorCode.SEND_FAILED));

	private final ReasonCounts<DropReason> dropped = ReasonCounts.byAll(DropReason.class);

	void received(int datagrams, int bytes) {
		this.received.add(datagrams);
		this.bytesReceived.add(bytes);
	}

	void delivered() {
		this.delivered.increment();
	}

	void sent(int bytes) {
		this.sent.increment();
		this.bytesSent.add(bytes);
	}

	void dropped(DropReason reason, int count) {
		this.dropped.add(reason, count);
	}

	void failed(SocketErrorCode code) {
		this.failed.count(code);
	}

	long bytesReceived() {
		return this.bytesReceived.sum();
	}

	long messagesReceived() {
		return this.delivered.sum();
	}

	long messagesSent() {
		return this.sent.sum();
	}

	long bytesSent() {
		return this.bytesSent.sum();
	}

	EndpointStatistics statistics(int queued, @Nullable Integer inboxSize) {
		return new EndpointStatistics(EndpointStatistics.Connections.NONE,
				new EndpointStatistics.Messages(messagesReceived(), messagesSent(), this.failed.counts(),
						bytesReceived(), bytesSent()),
				new EndpointStatistics.Datagrams(this.received.sum(), queued, this.dropped.counts()), inboxSize,
				EndpointStatistics.Timing.NONE, Map.of());
	}

}
