package dev.sockets.autoconfigure.binding;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.framing.LengthHeader;

/**
 * Maps {@code max-frame-size} and {@code outbound.max-message-size}. More than the header
 * of a length can say is refused, unless it is a default, and so is less than any message
 * has.
 */
final class FrameSizes {

	/** What says how long a payload can be. */
	private static final String[] FRAMING = { "framing", "framing-options", "profile" };

	private static final String MIN_LENGTH = "framing-options.min-length";

	private final BoundEntry<? extends TcpConnectionProperties> entry;

	private final Framing framing;

	private final String name;

	private final Optional<LengthHeader> header;

	FrameSizes(BoundEntry<? extends TcpConnectionProperties> entry, Framing framing) {
		this.entry = entry;
		this.framing = framing;
		this.name = ProfileValues.framing(entry);
		this.header = BuiltInFraming.of(this.name).flatMap((builtIn) -> builtIn.header(entry));
	}

	/**
	 * Returns the longest payload that is received.
	 */
	int most() {
		return checked("max-frame-size", this.entry.properties().getMaxFrameSize());
	}

	/**
	 * Returns the longest payload that is sent; {@code null} for the longest that is
	 * received.
	 */
	@Nullable Integer mostSent() {
		DataSize size = this.entry.properties().getOutbound().getMaxMessageSize();
		return (size != null) ? checked("outbound.max-message-size", size) : null;
	}

	/** One more than can be is let through, so that 64KB goes with two bytes. */
	private int checked(String key, DataSize size) {
		int most = this.entry.bytes(key, size);
		if (this.header.isPresent() && most - 1 > this.header.get().longestPayload()
				&& this.entry.isMeant(key, FRAMING)) {
			throw this.entry.invalid(key, size,
					"at most %dB, as the header of the framing '%s' can say no more: %s can".formatted(
							this.header.get().longestPayload(), this.name,
							this.name.equals("length") ? "one of a larger header-size" : "that of 'length4'"));
		}
		long missing = this.framing.shortestPayload() - most;
		if (missing > 0) {
			throw tooSmall(key, size, missing);
		}
		return most;
	}

	private InvalidSettingException tooSmall(String key, DataSize size, long missing) {
		InvalidSettingException tooSmall = this.entry.invalid(key, size,
				"at least %dB, which the shortest message of the framing '%s' has".formatted(size.toBytes() + missing,
						this.name));
		int least = this.entry.properties().getFramingOptions().getMinLength();
		if (missing > addedByMinLength()) {
			return tooSmall;
		}
		return this.entry.invalid(MIN_LENGTH, least,
				"at most %d, as messages of that length have as many bytes as %s allows".formatted(least - missing,
						key),
				tooSmall);
	}

	/**
	 * Returns by how many bytes the shortest message is longer for what somebody has
	 * written.
	 */
	private long addedByMinLength() {
		boolean written = this.entry.isMeant(MIN_LENGTH);
		return (written && this.header.isPresent())
				? shortest(this.header.get()) - shortest(this.header.get().atLeast(0)) : 0;
	}

	private static long shortest(LengthHeader header) {
		return Framings.length(header).shortestPayload();
	}

}
