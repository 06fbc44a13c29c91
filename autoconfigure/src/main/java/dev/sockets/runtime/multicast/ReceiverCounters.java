package dev.sockets.runtime.multicast;

import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import dev.sockets.EndpointStatistics;
import dev.sockets.SocketErrorCode;
import dev.sockets.multicast.DropReason;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.MessageCounters;
import dev.sockets.runtime.ReasonCounts;

/**
 * Counts what becomes of datagrams.
 */
final class ReceiverCounters {

	private final LongAdder received = new LongAdder();

	private final MessageCounters messages = new MessageCounters(
			EnumSet.of(SocketErrorCode.CODEC_FAILED, SocketErrorCode.HANDLER_FAILED, SocketErrorCode.SEND_FAILED));

	private final ReasonCounts<DropReason> dropped = ReasonCounts.byAll(DropReason.class);

	void received(int datagrams, int bytes) {
		this.received.add(datagrams);
		this.messages.bytesReceived(bytes);
	}

	void dropped(DropReason reason, int count) {
		this.dropped.add(reason, count);
	}

	/**
	 * Returns the counts of what was delivered, sent or failed.
	 * @return always the same object
	 */
	MessageCounters messages() {
		return this.messages;
	}

	EndpointStatistics statistics(int queued, EndpointEvents events) {
		return new EndpointStatistics(EndpointStatistics.Connections.NONE, this.messages.sums(),
				new EndpointStatistics.Datagrams(this.received.sum(), queued, this.dropped.counts()),
				events.inboxSize(), events.dropped(), EndpointStatistics.Timing.NONE, Map.of());
	}

}
