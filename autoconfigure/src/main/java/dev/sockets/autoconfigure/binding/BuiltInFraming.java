package dev.sockets.autoconfigure.binding;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.framing.FrameMarks;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.framing.LengthHeader;

/**
 * The framings that have a name of their own in the configuration: their constant's in
 * lower case with dashes.
 */
enum BuiltInFraming {

	LINE,

	CRLF,

	NUL,

	STX_ETX("between", "begin-inside", "keep-marks"),

	LENGTH1(Options.LENGTH),

	LENGTH2(Options.LENGTH),

	LENGTH4(Options.LENGTH),

	LENGTH(Options.LENGTH),

	HEX8,

	DELIMITER("delimiter", "delimiters", "keep-delimiter", "skip-empty", "at-end", "begin"),

	MARKED("begin", "end", "between", "begin-inside", "keep-marks"),

	FIXED("size"),

	ESCAPED("kind", "flag", "escape", "map"),

	OCTET_COUNTING,

	NDJSON,

	FIX,

	SCPI,

	IDLE_GAP("gap"),

	RAW,

	STREAM,

	END_OF_STREAM;

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
		return Arrays.equals(characters().getBytes(charset), characters().getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Returns the characters that it looks for.
	 */
	private String characters() {
		return switch (this) {
			case LINE, CRLF, OCTET_COUNTING -> "\r\n";
			case NDJSON -> "\r\n \t";
			case NUL -> "\0";
			case STX_ETX -> "\2\3";
			case FIX -> "\1";
			case SCPI -> "\r\n#\"'";
			case STREAM -> "{}[]\"\\ \t\r\n";
			default -> "";
		};
	}

	/**
	 * Returns the bytes that it looks for, also those that an entry has chosen.
	 */
	List<byte[]> marks(BoundEntry<? extends TcpConnectionProperties> entry) {
		FramingFactory factory = new FramingFactory(entry);
		return switch (this) {
			case DELIMITER -> Stream.concat(factory.marks().stream(), factory.begin().stream()).toList();
			case MARKED -> {
				FrameMarks marks = factory.frameMarks();
				yield Stream.concat(marks.begin().stream(), marks.end().stream()).toList();
			}
			default -> characters().chars().mapToObj((character) -> new byte[] { (byte) character }).toList();
		};
	}

	Framing create(BoundEntry<? extends TcpConnectionProperties> entry) {
		Framing framing = unchecked(entry);
		return (this == MARKED || this == STX_ETX)
				? ChecksumMapper.checked(entry, framing, marksOf(new FramingFactory(entry)))
				: ChecksumMapper.checked(entry, framing);
	}

	private FrameMarks marksOf(FramingFactory factory) {
		return (this == MARKED) ? factory.frameMarks()
				: factory.frameMarks(List.of(new byte[] { 2 }), List.of(new byte[] { 3 }));
	}

	private Framing unchecked(BoundEntry<? extends TcpConnectionProperties> entry) {
		FramingFactory factory = new FramingFactory(entry);
		return switch (this) {
			case LINE -> Framings.line();
			case CRLF -> Framings.crlf();
			case NUL -> Framings.nul();
			case STX_ETX -> {
				FrameMarks marks = marksOf(factory);
				yield (marks.skipBetween() && !marks.kept() && marks.beginInside() == null) ? Framings.stxEtx()
						: Framings.marked(marks);
			}
			case MARKED -> Framings.marked(factory.frameMarks());
			case LENGTH -> factory.length(null);
			case LENGTH1 -> factory.length(1);
			case LENGTH2 -> factory.length(2);
			case LENGTH4 -> factory.length(4);
			case HEX8 -> Framings.hex8();
			case DELIMITER -> factory.delimiter();
			case FIXED -> factory.fixed();
			case ESCAPED -> factory.escaped();
			case OCTET_COUNTING -> Framings.octetCounting();
			case NDJSON -> Framings.ndjson();
			case FIX -> Framings.fix();
			case SCPI -> Framings.scpi();
			case IDLE_GAP -> factory.idleGap();
			case RAW -> Framings.raw();
			case STREAM -> stream(entry);
			case END_OF_STREAM -> Framings.endOfStream();
		};
	}

	/**
	 * Returns where and how frames say their length.
	 * @return the header of an entry; empty when they do not
	 */
	Optional<LengthHeader> header(BoundEntry<? extends TcpConnectionProperties> entry) {
		FramingFactory factory = new FramingFactory(entry);
		return switch (this) {
			case LENGTH -> Optional.of(factory.header(null));
			case LENGTH1 -> Optional.of(factory.header(1));
			case LENGTH2 -> Optional.of(factory.header(2));
			case LENGTH4 -> Optional.of(factory.header(4));
			default -> Optional.empty();
		};
	}

	private static Framing stream(BoundEntry<? extends TcpConnectionProperties> entry) {
		boolean pickles = ProfileValues.codec(entry).equals(Labels.of(BuiltInCodec.PICKLE));
		return pickles ? Framings.pickleStream() : Framings.jsonStream();
	}

	/** Options that several have. */
	private static final class Options {

		private static final String[] LENGTH = { "header-size", "header-format", "offset", "adjustment", "byte-order",
				"header-included", "strip", "min-length", "max-length", "header-bytes" };

	}

}
