package dev.sockets.autoconfigure.binding;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

import org.springframework.util.unit.DataSize;

import dev.sockets.autoconfigure.properties.FramingOptionsProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;

/**
 * The framings that have a name of their own in the configuration: their constant's in
 * lower case with dashes.
 */
enum BuiltInFraming {

	LINE,

	CRLF,

	NUL,

	STX_ETX,

	LENGTH1("header-size", "byte-order", "header-included"),

	LENGTH2("header-size", "byte-order", "header-included"),

	LENGTH4("header-size", "byte-order", "header-included"),

	HEX8,

	DELIMITER("delimiter"),

	FIXED("size"),

	RAW,

	STREAM;

	private static final Set<Integer> HEADER_SIZES = Set.of(1, 2, 3, 4, 8);

	private final Set<String> options;

	BuiltInFraming(String... options) {
		this.options = Set.of(options);
	}

	static Optional<BuiltInFraming> of(String label) {
		return Arrays.stream(values()).filter((framing) -> framing.label().equals(label)).findFirst();
	}

	/**
	 * Returns its name in the configuration.
	 */
	String label() {
		return Labels.of(this);
	}

	/**
	 * Returns which {@code framing-options} it uses.
	 */
	Set<String> options() {
		return this.options;
	}

	/**
	 * Returns whether it finds the frames of texts in that charset.
	 */
	boolean fits(Charset charset) {
		return Arrays.equals(marks().getBytes(charset), marks().getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Returns the characters that it looks for.
	 */
	private String marks() {
		return switch (this) {
			case LINE, CRLF -> "\r\n";
			case NUL -> "\0";
			case STX_ETX -> "\2\3";
			case STREAM -> "{}[]\"\\ \t\r\n";
			default -> "";
		};
	}

	Framing create(BoundEntry<? extends TcpConnectionProperties> entry) {
		return switch (this) {
			case LINE -> Framings.line();
			case CRLF -> Framings.crlf();
			case NUL -> Framings.nul();
			case STX_ETX -> Framings.stxEtx();
			case LENGTH1 -> length(entry, 1);
			case LENGTH2 -> length(entry, 2);
			case LENGTH4 -> length(entry, 4);
			case HEX8 -> Framings.hex8();
			case DELIMITER -> delimiter(entry);
			case FIXED -> fixed(entry);
			case RAW -> Framings.raw();
			case STREAM -> stream(entry);
		};
	}

	private static Framing stream(BoundEntry<? extends TcpConnectionProperties> entry) {
		boolean pickles = ProfileValues.codec(entry).equals(Labels.of(BuiltInCodec.PICKLE));
		return pickles ? Framings.pickleStream() : Framings.jsonStream();
	}

	private static Framing length(BoundEntry<? extends TcpConnectionProperties> entry, int headerSize) {
		FramingOptionsProperties options = entry.properties().getFramingOptions();
		int size = (options.getHeaderSize() != null) ? options.getHeaderSize() : headerSize;
		if (!HEADER_SIZES.contains(size)) {
			throw entry.invalid("framing-options.header-size", size, "1, 2, 3, 4 or 8");
		}
		return Framings.lengthPrefixed(size, options.getByteOrder().order(), options.isHeaderIncluded());
	}

	private static Framing delimiter(BoundEntry<? extends TcpConnectionProperties> entry) {
		String delimiter = entry.properties().getFramingOptions().getDelimiter();
		return Framings.delimiter(EscapedBytes.parse(delimiter)
			.filter((bytes) -> bytes.length > 0)
			.orElseThrow(() -> entry.invalid("framing-options.delimiter", delimiter,
					"at least one character; a backslash starts \\n, \\r, \\t, \\0, \\\\ or \\x and two hex digits")));
	}

	private static Framing fixed(BoundEntry<? extends TcpConnectionProperties> entry) {
		Integer size = entry.properties().getFramingOptions().getSize();
		DataSize limit = entry.properties().getMaxFrameSize();
		if (size == null || size < 1 || size > limit.toBytes()) {
			throw entry.invalid("framing-options.size", size, "from 1 to the max-frame-size, " + limit.toBytes());
		}
		return Framings.fixed(size);
	}

}
