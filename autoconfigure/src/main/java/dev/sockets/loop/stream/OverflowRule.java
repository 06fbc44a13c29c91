package dev.sockets.loop.stream;

import java.util.List;

/**
 * What is done when one channel has no room for what it is to send. Open to all threads.
 */
final class OverflowRule {

	private OverflowRule() {
	}

	/**
	 * Makes room, as far as the rule lets it, and counts bytes as waiting then. Room is
	 * short only when the socket is full, not while bytes are gathered.
	 * @param channel the channel, whose settings say what the rule is
	 * @param size how many bytes
	 * @return whether they were counted
	 */
	static boolean reserve(StreamChannel channel, int size) {
		channel.flusher().pump();
		return channel.waterMarks().reserve(size) || makeRoom(channel, size);
	}

	private static boolean makeRoom(StreamChannel channel, int size) {
		return switch (channel.settings().overflow()) {
			case CLOSE -> {
				boolean overdrawn = channel.waterMarks().isOverdrawnBy(size);
				channel.abort(overdrawn ? AbortReason.MEMORY : AbortReason.OVERFLOW, null);
				yield false;
			}
			case FAIL_OLDEST -> failOldest(channel, size);
			case FAIL_NEWEST -> false;
		};
	}

	private static boolean failOldest(StreamChannel channel, int size) {
		List<PendingWrite> dropped;
		do {
			dropped = channel.flusher().dropOldest(size);
			WriteEnds.fail(channel, dropped, UnsentReason.OVERFLOW);
			if (channel.waterMarks().reserve(size)) {
				return true;
			}
		}
		while (!dropped.isEmpty());
		return false;
	}

}
