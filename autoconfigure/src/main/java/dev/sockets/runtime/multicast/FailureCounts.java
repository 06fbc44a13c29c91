package dev.sockets.runtime.multicast;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import dev.sockets.SocketErrorCode;

/**
 * Counts messages that failed, by a fixed set of codes.
 */
final class FailureCounts {

	private static final String OTHER = "OTHER";

	private final Map<SocketErrorCode, LongAdder> byCode = new EnumMap<>(SocketErrorCode.class);

	private final LongAdder other = new LongAdder();

	FailureCounts(SocketErrorCode... codes) {
		for (SocketErrorCode code : codes) {
			this.byCode.put(code, new LongAdder());
		}
	}

	void count(SocketErrorCode code) {
		this.byCode.getOrDefault(code, this.other).increment();
	}

	Map<String, Long> counts() {
		Map<String, Long> counts = new LinkedHashMap<>();
		this.byCode.forEach((code, adder) -> counts.put(code.name(), adder.sum()));
		counts.put(OTHER, this.other.sum());
		return counts;
	}

}
