package dev.sockets.framing;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How messages are told apart in a stream of bytes. One instance serves all connections
 * of an endpoint, from several threads at once, so it keeps no state itself: what a
 * connection has received but not consumed is in the {@link FrameWindow}, and so is what
 * the framing wants to remember of it.
 *
 * <p>
 * Implement it as a bean and name the bean in {@code framing} to use a framing of your
 * own.
 */
public interface Framing {

	/**
	 * Looks for the first complete frame at the start of the window, and marks it by
	 * {@link FrameWindow#frame(int, int, int)} or {@link FrameWindow#frame(byte[], int)}.
	 * Called again for the bytes after it. Bytes between frames are consumed by
	 * {@link FrameWindow#skip(int)}; a frame whose end is known but whose content is
	 * wrong is refused by {@link FrameWindow#reject(int, String)}.
	 * @param window the bytes received and not yet consumed; at least one
	 * @return {@code true} when a frame was marked or refused, {@code false} when more
	 * bytes are needed
	 * @throws dev.sockets.SocketOperationException with code {@code FRAME_TOO_LARGE} or
	 * {@code MALFORMED_FRAME}; the connection is then closed
	 */
	boolean next(FrameWindow window);

	/**
	 * Looks at the bytes for which {@link #next} needs more, when the peer has ended its
	 * side and no more come, or a {@link #gap} is over. Marks what of them is a frame all
	 * the same.
	 * @param window the bytes received and not consumed; at least one
	 * @return {@code true} when a frame was marked, {@code false} when the connection has
	 * ended within a frame
	 */
	default boolean end(FrameWindow window) {
		return false;
	}

	/**
	 * Returns how long a peer is silent behind each of its frames. When it has been, and
	 * bytes wait for the rest of a frame, {@link #end} is called for them.
	 * @return the time; {@code null} when a silence means nothing
	 */
	default @Nullable Duration gap() {
		return null;
	}

	/**
	 * Returns how many bytes may wait for the end of their frame. When more do, the
	 * connection is closed with {@code FRAME_TOO_LARGE}.
	 * @param maxFrameSize the longest payload allowed, in bytes
	 * @return that and something for what is around a payload, unless it is longer on the
	 * wire
	 */
	default long maxBytes(int maxFrameSize) {
		return maxFrameSize + 1024L;
	}

	/**
	 * Returns how long the shortest payload is that frames have. A maximum frame size
	 * below it is refused at start, as no message could arrive.
	 * @return the length in bytes; 0 when nobody knows
	 */
	default long shortestPayload() {
		return 0;
	}

	/**
	 * Appends a payload as one frame.
	 * @param payload the encoded payload, not to be changed
	 * @param output where the bytes of the frame go
	 * @throws dev.sockets.SocketOperationException with code {@code FRAME_TOO_LARGE} or
	 * {@code MALFORMED_FRAME} when the framing cannot carry the payload; nothing is sent
	 * then
	 */
	void encode(byte[] payload, FrameOutput output);

}
