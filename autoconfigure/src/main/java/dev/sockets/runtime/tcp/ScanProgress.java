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
	 * Keeps how far a window was looked through.
	 * @param before what was kept before; {@code null} for nothing
	 * @param window the window, which begins with a frame that is not complete
	 * @return what is kept; {@code null} when there is nothing to keep
	 */
	static @Nullable ScanProgress keep(@Nullable ScanProgress before, FrameWindow window) {
		int scanned = window.scanned() - window.start();
		if (scanned == 0 && window.state() == 0 && window.attachment() == null) {
			return null;
		}
		ScanProgress progress = (before != null) ? before : new ScanProgress();
		progress.scanned = scanned;
		progress.state = window.state();
		progress.attachment = window.attachment();
		return progress;
	}

	int scanned() {
		return this.scanned;
	}

	long state() {
		return this.state;
	}

	@Nullable Object attachment() {
		return this.attachment;
	}

}
