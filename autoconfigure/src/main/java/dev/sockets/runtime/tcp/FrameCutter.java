package dev.sockets.runtime.tcp;

import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.tcp.ConnectionSettings;

/**
 * Has a framing cut the next frame, and holds it to what framings promise, as it may be
 * one of the application. Called by the reading thread.
 */
final class FrameCutter {

	private FrameCutter() {
	}

	/**
	 * Looks for the next frame.
	 * @param settings have the framing
	 * @param window the bytes, and how long a frame may be now
	 * @param end where they end
	 * @param last whether no more will come
	 * @return whether the window marks a frame
	 * @throws IllegalStateException when the framing has consumed nothing, or what is not
	 * there: it would go on without an end
	 * @throws dev.sockets.SocketOperationException when a frame is too large, or what
	 * waits for its rest
	 */
	static boolean next(ConnectionSettings settings, FrameWindow window, int end, boolean last) {
		Framing framing = settings.framing();
		int limit = window.maxFrameSize();
		int before = window.start();
		boolean found = framing.next(window);
		if (!found && last && window.start() < end) {
			found = framing.end(window);
		}
		int next = window.start();
		if (next > end || (found ? next <= before : next < before)) {
			window.skip(before);
			throw new IllegalStateException("The framing has consumed " + (next - before) + " bytes of "
					+ (end - before) + ", and says that it has found " + (found ? "a frame" : "none"));
		}
		int bytes = found ? window.frameLength() : end - next;
		if (bytes > limit && isTooLarge(framing, window, bytes, found, limit)) {
			window.skip(before);
			throw FrameDecoder.tooLarge(settings, bytes, found, limit);
		}
		return found;
	}

	private static boolean isTooLarge(Framing framing, FrameWindow window, int bytes, boolean found, int limit) {
		return found ? window.rejection() == null : bytes > framing.maxBytes(limit);
	}

}
