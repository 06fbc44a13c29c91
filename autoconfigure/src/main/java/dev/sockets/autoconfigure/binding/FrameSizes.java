package dev.sockets.autoconfigure.binding;

import org.springframework.util.unit.DataSize;

import dev.sockets.autoconfigure.properties.FramingOptionsProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.framing.HeaderFormat;

/**
 * Maps {@code max-frame-size}.
 */
final class FrameSizes {

	private static final String KEY = "max-frame-size";

	private static final int MOST_HEADER = 4;

	private FrameSizes() {
	}

	/**
	 * Returns the longest payload. More than the header of a length can say is refused,
	 * unless it is a default.
	 */
	static int most(BoundEntry<? extends TcpConnectionProperties> entry) {
		DataSize size = entry.properties().getMaxFrameSize();
		int most = entry.bytes(KEY, size);
		int header = header(entry);
		if (header < MOST_HEADER && most > (1 << (8 * header)) && entry.has(KEY)) {
			throw entry.invalid(KEY, size,
					"at most %dB, as the header of the framing '%s' can say no more: that of 'length4' can"
						.formatted((1 << (8 * header)) - 1, ProfileValues.framing(entry)));
		}
		return most;
	}

	/** Returns how many bytes say how long a message is. */
	private static int header(BoundEntry<? extends TcpConnectionProperties> entry) {
		FramingOptionsProperties options = entry.properties().getFramingOptions();
		Integer size = options.getHeaderSize();
		return switch (ProfileValues.framing(entry)) {
			case "length1" -> 1;
			case "length2" -> 2;
			case "length" -> (size != null && options.getHeaderFormat() == HeaderFormat.BINARY) ? size : MOST_HEADER;
			default -> MOST_HEADER;
		};
	}

}
