package dev.sockets.runtime.backplane;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Own frames that are to come back and have not: while they are too many nothing more is
 * sent, so a node floods the broker no faster than it reads itself. Open to all threads.
 */
final class EchoWindow {

	private record Issued(String channel, long sequence, int size) {

	}

	private final int most;

	private final Deque<Issued> issued = new ArrayDeque<>();

	private long bytes;

	EchoWindow(int most) {
		this.most = most;
	}

	/** A frame goes out on a channel that this node hears itself. */
	synchronized void issued(PendingFrame frame) {
		this.issued.add(new Issued(frame.channel(), frame.sequence(), frame.size()));
		this.bytes += frame.size();
	}

	/**
	 * A frame has come back.
	 * @param all whether all that went out before it will not come any more
	 * @return whether there is room that was not there before
	 */
	synchronized boolean heard(String channel, long sequence, boolean all) {
		boolean full = room() <= 0;
		remove(channel, sequence, all);
		return full && room() > 0;
	}

	private void remove(String channel, long sequence, boolean all) {
		Issued first;
		if (all && this.issued.stream().anyMatch((frame) -> isOf(frame, channel, sequence))) {
			do {
				first = this.issued.remove();
				this.bytes -= first.size();
			}
			while (!isOf(first, channel, sequence));
			return;
		}
		boolean next = false;
		while ((first = this.issued.peek()) != null && first.sequence() <= sequence
				&& first.channel().equals(channel)) {
			this.issued.remove();
			this.bytes -= first.size();
			next = first.sequence() == sequence;
		}
		if (first != null && !next) {
			this.issued.removeIf((frame) -> {
				boolean heard = isOf(frame, channel, sequence);
				this.bytes -= heard ? frame.size() : 0;
				return heard;
			});
		}
	}

	private static boolean isOf(Issued frame, String channel, long sequence) {
		return frame.sequence() == sequence && frame.channel().equals(channel);
	}

	/** Nothing is known of what was sent before. */
	synchronized void reset() {
		this.issued.clear();
		this.bytes = 0;
	}

	synchronized long room() {
		return this.most - this.bytes;
	}

}
