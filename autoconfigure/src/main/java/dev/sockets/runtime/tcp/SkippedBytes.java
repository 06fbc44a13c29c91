package dev.sockets.runtime.tcp;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.sockets.framing.FrameHints;
import dev.sockets.tcp.ConnectionSettings;

/**
 * What the framing of one connection has skipped before it has found a message for the
 * first time. Such bytes may stand between messages; but when none follows, their peer
 * hardly speaks as this side does, which is told once. Used by the reading thread, and at
 * the end of the connection by whoever tells that.
 */
final class SkippedBytes {

	private static final int MOST_KEPT = 256;

	/** When the first of them came, as {@code StreamChannel.nanos()}. */
	private final long since;

	private byte[] first = new byte[0];

	private long count;

	private boolean told;

	SkippedBytes(long since) {
		this.since = since;
	}

	void add(byte[] bytes, int start, int end) {
		this.count += end - start;
		int kept = this.first.length;
		int more = Math.min(MOST_KEPT - kept, end - start);
		if (more > 0) {
			this.first = Arrays.copyOf(this.first, kept + more);
			System.arraycopy(bytes, start, this.first, kept, more);
		}
	}

	/**
	 * Returns whether enough have come, for long enough, not to wait for a message.
	 * @param now the time
	 * @param nanos how long a peer may take for a message
	 * @param bytes how long one may be
	 */
	boolean isEnough(long now, long nanos, int bytes) {
		return !this.told && (now - this.since > nanos || this.count > bytes);
	}

	/**
	 * Returns what is wrong.
	 * @param settings have the framing
	 * @return the fault; {@code null} when it was told, or the bytes are such as stand
	 * between messages
	 */
	@Nullable MessageFault tell(ConnectionSettings settings) {
		if (this.told || !FrameHints.isForeign(settings.framing(), this.first, 0, this.first.length)) {
			return null;
		}
		this.told = true;
		return FrameFailures.skipped(settings, this.first);
	}

}
