package dev.sockets.multicast.endpoint;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import dev.sockets.multicast.DropReason;
import dev.sockets.multicast.ReceiverStatistics;

/**
 * Counts what becomes of datagrams.
 */
final class ReceiverCounters {

	private final LongAdder received = new LongAdder();

	private final LongAdder bytesReceived = new LongAdder();

	private final LongAdder delivered = new LongAdder();

	private final LongAdder sent = new LongAdder();

	private final LongAdder bytesSent = new LongAdder();

	private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);

	ReceiverCounters() {
		for (DropReason reason : DropReason.values()) {
			this.dropped.put(reason, new LongAdder());
		}
	}

	void received(int bytes) {
		this.received.increment();
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

	ReceiverStatistics statistics(int queued) {
		Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
		this.dropped.forEach((reason, adder) -> dropped.put(reason, adder.sum()));
		return new ReceiverStatistics(this.received.sum(), this.bytesReceived.sum(), queued, dropped);
	}

}
