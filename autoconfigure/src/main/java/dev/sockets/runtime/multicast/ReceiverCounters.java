package dev.sockets.runtime.multicast;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointStatistics;
import dev.sockets.SocketErrorCode;
import dev.sockets.multicast.DropReason;

/**
 * Counts what becomes of datagrams.
 */
final class ReceiverCounters {

	private final LongAdder received = new LongAdder();

	private final LongAdder bytesReceived = new LongAdder();

	private final LongAdder delivered = new LongAdder();

	private final LongAdder sent = new LongAdder();

	private final LongAdder bytesSent = new LongAdder();

	private final FailureCounts failed = new FailureCounts(SocketErrorCode.CODEC_FAILED, SocketErrorCode.HANDLER_FAILED,
			SocketErrorCode.SEND_FAILED);

	private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);

	ReceiverCounters() {
		for (DropReason reason : DropReason.values()) {
			this.dropped.put(reason, new LongAdder());
		}
	}

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
		LongAdder adder = this.dropped.get(reason);
		if (adder != null) {
			adder.add(count);
		}
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
		Map<String, Long> dropped = new LinkedHashMap<>();
		this.dropped.forEach((reason, adder) -> dropped.put(reason.name(), adder.sum()));
		return new EndpointStatistics(EndpointStatistics.Connections.NONE,
				new EndpointStatistics.Messages(messagesReceived(), messagesSent(), this.failed.counts(),
						bytesReceived(), bytesSent()),
				new EndpointStatistics.Datagrams(this.received.sum(), queued, dropped), inboxSize,
				EndpointStatistics.Timing.NONE, Map.of());
	}

}
