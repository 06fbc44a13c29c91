package dev.sockets.runtime.backplane;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers the frames of this node on each channel one after the other. Not for several
 * threads.
 */
final class FrameNumbers {

	/** How many channels are remembered that nothing goes to any more. */
	static final int MOST_UNUSED = 1000;

	private final Map<String, Long> last = new HashMap<>();

	/** A node may come back, and would miss what is left out. */
	private final Map<String, Long> unused = new LinkedHashMap<>();

	private long frames;

	/** A channel begins with a number above all that any channel has had. */
	long next(String channel) {
		this.frames++;
		Long before = this.unused.remove(channel);
		if (before != null) {
			this.last.put(channel, before);
		}
		return this.last.merge(channel, this.frames, (number, first) -> number + 1);
	}

	/** Nothing more goes to a channel for now. */
	void release(String channel) {
		Long number = this.last.remove(channel);
		if (number != null) {
			this.unused.put(channel, number);
			if (this.unused.size() > MOST_UNUSED) {
				this.unused.remove(this.unused.keySet().iterator().next());
			}
		}
	}

}
