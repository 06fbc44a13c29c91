package dev.sockets.runtime.backplane.frame;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Says which messages come from somebody who knows the secret, or one of those from
 * before.
 */
public final class FrameGate {

	private final List<FrameSignature> accepted;

	/**
	 * Creates a gate.
	 * @param secret the secret; {@code null} when messages are not signed
	 * @param oldSecrets secrets that other nodes may still sign by
	 */
	public FrameGate(@Nullable String secret, List<String> oldSecrets) {
		this.accepted = (secret != null)
				? Stream.concat(Stream.of(secret), oldSecrets.stream()).map(FrameSignature::new).toList() : List.of();
	}

	/** Returns whether messages have to be signed. */
	public boolean isClosed() {
		return !this.accepted.isEmpty();
	}

	/**
	 * Returns whether what is in a message may be taken.
	 * @param channel the channel that it came on
	 * @param message its bytes
	 */
	public boolean admits(String channel, byte[] message) {
		return this.accepted.isEmpty() || (FrameParser.isSigned(message)
				&& this.accepted.stream().anyMatch((signature) -> signature.isOf(channel, message)));
	}

}
