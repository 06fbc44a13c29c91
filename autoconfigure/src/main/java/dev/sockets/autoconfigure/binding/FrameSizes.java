package dev.sockets.autoconfigure.binding;

import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

import dev.sockets.autoconfigure.properties.TcpConnectionProperties;

/**
 * Maps {@code max-frame-size} and {@code outbound.max-message-size}. More than the header
 * of a length can say is refused, unless it is a default.
 */
final class FrameSizes {

	/** What says how long a payload can be. */
	private static final String[] FRAMING = { "framing", "framing-options", "profile" };

	private FrameSizes() {
	}

	/**
	 * Returns the longest payload that is received.
	 */
	static int most(BoundEntry<? extends TcpConnectionProperties> entry) {
		return checked(entry, "max-frame-size", entry.properties().getMaxFrameSize());
	}

	/**
	 * Returns the longest payload that is sent; {@code null} for the longest that is
	 * received.
	 */
	static @Nullable Integer mostSent(BoundEntry<? extends TcpConnectionProperties> entry) {
		DataSize size = entry.properties().getOutbound().getMaxMessageSize();
		return (size != null) ? checked(entry, "outbound.max-message-size", size) : null;
	}

	/** One more than can be is let through, so that 64KB goes with two bytes. */
	private static int checked(BoundEntry<? extends TcpConnectionProperties> entry, String key, DataSize size) {
		int most = entry.bytes(key, size);
		String framing = ProfileValues.framing(entry);
		Optional<BuiltInFraming> builtIn = BuiltInFraming.of(framing);
		OptionalLong longest = builtIn.isPresent() ? builtIn.get().longestPayload(entry) : OptionalLong.empty();
		if (longest.isPresent() && most - 1 > longest.getAsLong() && entry.isMeant(key, FRAMING)) {
			throw entry.invalid(key, size,
					"at most %dB, as the header of the framing '%s' can say no more: %s can".formatted(
							longest.getAsLong(), framing,
							framing.equals("length") ? "one of a larger header-size" : "that of 'length4'"));
		}
		return most;
	}

}
