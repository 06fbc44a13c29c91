package dev.sockets.runtime.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.framing.FrameWindow;

/**
 * How far an incomplete frame of one connection was looked through without finding its
 * end, and what the framing remembers. Used by the reading thread.
 */
final class ScanProgress {

	private int scanned;

	private long state;

	private @Nullable Object attachment;

	/**
	 * Puts what was received into a window, to go on there.
	 * @param window the window
	 * @param bytes hold what was received
	 * @param start where it begins
	 * @param end where it ends
	 * @param maxFrameSize how long a frame may be
	 */
	void restore(FrameWindow window, byte[] bytes, int start, int end, int maxFrameSize) {
		window.reset(bytes, start, end, start + this.scanned, maxFrameSize);
		window.state(this.state);
		window.attach(this.attachment);
	}

	/** What comes next has nothing to do with what was looked through. */
	void reset() {
		this.scanned = 0;
		this.state = 0;
		this.attachment = null;
	}

	void keep(FrameWindow window) {
		this.scanned = window.scanned() - window.start();
		this.state = window.state();
		if (window.attachment() != this.attachment) {
			this.attachment = window.attachment();
		}
	}

}
