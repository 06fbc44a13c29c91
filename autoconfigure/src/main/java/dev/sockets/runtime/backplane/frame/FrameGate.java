package dev.sockets.runtime.backplane.frame;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Says which frames come from somebody who knows the secret, or one of those from before.
 */
public final class FrameGate {

	private final List<FrameSignature> accepted;

	/**
	 * Creates a gate.
	 * @param secret the secret; {@code null} when frames are not signed
	 * @param oldSecrets secrets that other nodes may still sign by
	 */
	public FrameGate(@Nullable String secret, List<String> oldSecrets) {
		this.accepted = (secret != null)
				? Stream.concat(Stream.of(secret), oldSecrets.stream()).map(FrameSignature::new).toList() : List.of();
	}

	/** Returns whether frames have to be signed. */
	public boolean isClosed() {
		return !this.accepted.isEmpty();
	}

	/**
	 * Returns whether a frame may be taken.
	 * @param channel the channel that it came on
	 * @param frame the frame
	 */
	public boolean admits(String channel, Frame frame) {
		if (this.accepted.isEmpty()) {
			return true;
		}
		return frame.signed() && this.accepted.stream().anyMatch((signature) -> signature.isOf(channel, frame));
	}

}
