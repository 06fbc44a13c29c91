package dev.sockets.multicast;

import java.util.Map;

/**
 * What had become of a receiver's datagrams at one moment. Counts start at zero when the
 * receiver is created and survive restarts.
 *
 * @param received datagrams that were read from the sockets, dropped ones too
 * @param bytes their bytes; of a datagram that is too long, as many as were read
 * @param queued datagrams that wait for handlers now
 * @param dropped datagrams that were not delivered, by each reason
 */
public record ReceiverStatistics(long received, long bytes, int queued, Map<DropReason, Long> dropped) {

	public ReceiverStatistics {
		dropped = Map.copyOf(dropped);
	}

	/**
	 * Returns how many datagrams were not delivered.
	 * @return the number, over all reasons
	 */
	public long totalDropped() {
		return this.dropped.values().stream().mapToLong(Long::longValue).sum();
	}

}
