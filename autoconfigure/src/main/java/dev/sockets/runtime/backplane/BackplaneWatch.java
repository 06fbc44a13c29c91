package dev.sockets.runtime.backplane;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.sockets.runtime.backplane.frame.DropReason;

/**
 * What is seen of a backplane by those who only watch it. Open to all threads.
 */
public final class BackplaneWatch {

	private final BackplaneParts parts;

	private final Inbound inbound;

	BackplaneWatch(BackplaneParts parts, Inbound inbound) {
		this.parts = parts;
		this.inbound = inbound;
	}

	/**
	 * Returns what was counted.
	 * @return a snapshot
	 */
	public BackplaneStatistics statistics() {
		BackplaneCounters counters = this.parts.counters();
		Map<String, Long> dropped = new LinkedHashMap<>();
		for (DropReason reason : DropReason.values()) {
			dropped.put(reason.name(), counters.dropped(reason));
		}
		return new BackplaneStatistics(this.parts.peers().all().size() + 1, counters.published(), counters.received(),
				dropped, counters.missedForGood(), counters.lateFrames(), this.parts.queue().pending(),
				this.inbound.pending(), this.parts.times().roundTrips(), lag(), this.parts.outage().count(),
				this.parts.requests().times().timings());
	}

	private Duration lag() {
		return Duration.ofNanos(this.parts.peers().all().stream().mapToLong(Peer::lag).max().orElse(0));
	}

}
