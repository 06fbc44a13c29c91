package dev.sockets.runtime.backplane;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.backplane.frame.DropReason;

/**
 * Says that frames are lost as more would wait than may: each kind at once, and then once
 * a minute at most. Open to all threads.
 */
final class OverloadWarnings {

	private static final SafeLog logger = SafeLog.of(Backplane.class);

	private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final String node;

	private final BackplaneCounters counters;

	private final LongSupplier nanoTime;

	private final Map<String, Long> warnedAt = new HashMap<>();

	OverloadWarnings(String node, BackplaneCounters counters, LongSupplier nanoTime) {
		this.node = node;
		this.counters = counters;
		this.nanoTime = nanoTime;
	}

	/** A frame for others was dropped, and counted. */
	void outbound(int most) {
		warn("outbound.max-pending", "sends more to other nodes than the broker takes", "other nodes", most,
				DropReason.FULL);
	}

	/** A frame of others was dropped, and counted. */
	void inbound(String server, int most) {
		warn("inbound.max-pending", "gets more from other nodes for '" + server + "' than it can deliver",
				"connections here", most, DropReason.INBOUND_FULL);
	}

	private void warn(String property, String what, String losers, int most, DropReason reason) {
		if (isDue(what)) {
			logger.warn(String.format(Locale.ROOT,
					"Node '%s' %s: what would go beyond the %,d bytes of sockets.backplane.%s is lost to %s, "
							+ "dropped frames so far: %,d",
					this.node, what, most, property, losers, this.counters.dropped(reason)));
		}
	}

	private synchronized boolean isDue(String what) {
		long now = this.nanoTime.getAsLong();
		Long before = this.warnedAt.get(what);
		boolean due = before == null || now - before >= QUIET_NANOS;
		if (due) {
			this.warnedAt.put(what, now);
		}
		return due;
	}

}
