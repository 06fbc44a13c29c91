package dev.sockets.autoconfigure.binding;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.sockets.OtherNames;
import dev.sockets.autoconfigure.properties.ChecksumProperties;
import dev.sockets.autoconfigure.properties.FramingOptionsProperties;
import dev.sockets.autoconfigure.properties.FramingOptionsProperties.Strip;
import dev.sockets.autoconfigure.properties.HeaderByteOrder;
import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;
import dev.sockets.framing.ChecksumEncoding;
import dev.sockets.framing.ChecksumKind;
import dev.sockets.framing.HeaderFormat;
import dev.sockets.rpc.WireFormat;
import dev.sockets.tcp.Profile;

/**
 * The values of keys that a profile stands for.
 */
final class ProfileValues {

	private ProfileValues() {
	}

	static void apply(Profile profile, TcpConnectionProperties properties) {
		switch (profile) {
			case TEXT -> set(properties, BuiltInFraming.LINE, BuiltInCodec.TEXT);
			case TEXT_NUL -> set(properties, BuiltInFraming.NUL, BuiltInCodec.TEXT);
			case BYTES -> set(properties, BuiltInFraming.LENGTH4, BuiltInCodec.BYTES);
			case JSON -> set(properties, BuiltInFraming.LENGTH4, BuiltInCodec.JSON);
			case CBOR -> set(properties, BuiltInFraming.LENGTH4, BuiltInCodec.CBOR);
			case RPC -> {
				set(properties, BuiltInFraming.LENGTH4, BuiltInCodec.CBOR);
				properties.getRpc().turnOn(true);
				properties.getRpc().setWireFormat(WireFormat.ARRAYS);
			}
			case JFSOCKET -> {
				set(properties, BuiltInFraming.RAW, BuiltInCodec.BYTES);
				properties.setCloseOnEot(true);
			}
			case OBJ_OVER_TCP -> set(properties, BuiltInFraming.HEX8, BuiltInCodec.PICKLE);
			case SIMPLESOCKETS -> {
				set(properties, BuiltInFraming.RAW, BuiltInCodec.BYTES);
				if (properties instanceof TcpClientProperties client) {
					client.getSocket().setLinger(Duration.ZERO);
				}
			}
			case TCPTALKS -> {
				set(properties, BuiltInFraming.STREAM, BuiltInCodec.PICKLE);
				properties.getRpc().turnOn(true);
				properties.getRpc().setWireFormat(WireFormat.TCPTALKS);
				if (properties instanceof TcpClientProperties client) {
					client.setRetryConnect(true);
				}
			}
			case MLLP -> {
				set(properties, BuiltInFraming.MARKED, BuiltInCodec.TEXT);
				marks(properties, "\\x0B", "\\x1C\\r");
			}
			case MODBUS_TCP -> {
				set(properties, BuiltInFraming.LENGTH, BuiltInCodec.BYTES);
				length(properties, 2, 4, false, 2);
				FramingOptionsProperties options = properties.getFramingOptions();
				options.setMaxLength(254);
				options.getHeaderBytes().put(2, "\\0\\0");
				options.setStrip(Strip.NONE);
			}
			case HSMS -> {
				set(properties, BuiltInFraming.LENGTH, BuiltInCodec.BYTES);
				length(properties, 4, 0, false, 10);
			}
			case SMPP -> {
				set(properties, BuiltInFraming.LENGTH, BuiltInCodec.BYTES);
				length(properties, 4, 0, true, 16);
				properties.getFramingOptions().setStrip(Strip.NONE);
			}
			case NMEA -> {
				set(properties, BuiltInFraming.DELIMITER, BuiltInCodec.TEXT);
				properties.getFramingOptions().setDelimiters(List.of("\\r\\n", "\\n"));
				properties.getFramingOptions().setBegin(List.of("$", "!"));
				checksum(properties, ChecksumKind.XOR);
				properties.getChecksum().setFrom(1);
				properties.getChecksum().setEncoding(ChecksumEncoding.HEX);
				properties.getChecksum().setSeparator("*");
			}
			case STX_ETX_LRC -> {
				set(properties, BuiltInFraming.STX_ETX, BuiltInCodec.TEXT);
				checksum(properties, ChecksumKind.XOR);
				properties.getChecksum().setPlace("after-end");
			}
			case SYSLOG -> set(properties, BuiltInFraming.OCTET_COUNTING, BuiltInCodec.TEXT);
			case JT808 -> {
				set(properties, BuiltInFraming.ESCAPED, BuiltInCodec.BYTES);
				FramingOptionsProperties options = properties.getFramingOptions();
				options.setFlag("\\x7E");
				options.setEscape("\\x7D");
				options.getMap().putAll(Map.of("7E", "\\x02", "7D", "\\x01"));
				checksum(properties, ChecksumKind.XOR);
			}
			case FIX -> {
				set(properties, BuiltInFraming.FIX, BuiltInCodec.TEXT);
				properties.setCharset(StandardCharsets.ISO_8859_1);
			}
			case SCPI -> {
				set(properties, BuiltInFraming.SCPI, BuiltInCodec.TEXT);
				properties.setCharset(StandardCharsets.ISO_8859_1);
			}
			case TCPCOM -> {
				set(properties, BuiltInFraming.NUL, BuiltInCodec.TEXT);
				if (properties instanceof TcpServerProperties server) {
					server.setMaxConnections(1);
					server.setRejectDelay(Duration.ofMillis(100));
				}
				if (properties instanceof TcpClientProperties client) {
					client.setOccupiedWithin(Duration.ofSeconds(2));
					client.setHoldConnected(true);
				}
			}
		}
	}

	/**
	 * Returns the name of the framing that an entry has, at least by its profile.
	 */
	static String framing(BoundEntry<? extends TcpConnectionProperties> entry) {
		return Objects.requireNonNull(entry.properties().getFraming());
	}

	/**
	 * Returns the name of the codec that an entry has, at least by its profile.
	 */
	static String codec(BoundEntry<? extends TcpConnectionProperties> entry) {
		return Objects.requireNonNull(entry.properties().getCodec());
	}

	/**
	 * Returns what to say of a name that is a profile, where a framing or codec is
	 * wanted.
	 * @param name what was written
	 * @param choices which framings or codecs there are
	 * @return a remark after a space; empty when it is no profile either
	 */
	static String named(String name, List<String> choices) {
		return OtherNames.find(name, choices).isPresent() ? ""
				: Stream.of(Profile.values())
					.filter((profile) -> Labels.isRelaxed(profile, name))
					.map(Labels::of)
					.findFirst()
					.or(() -> OtherNames.find(name, Labels.of(Profile.values())))
					.map((profile) -> " ('profile: %s' sets both framing and codec for that)".formatted(profile))
					.orElse("");
	}

	private static void marks(TcpConnectionProperties properties, String begin, String end) {
		properties.getFramingOptions().setBegin(List.of(begin));
		properties.getFramingOptions().setEnd(List.of(end));
	}

	private static void length(TcpConnectionProperties properties, int size, int offset, boolean included, int least) {
		FramingOptionsProperties options = properties.getFramingOptions();
		options.setHeaderSize(size);
		options.setOffset(offset);
		options.setAdjustment(0);
		options.setHeaderIncluded(included);
		options.setMinLength(least);
		options.setMaxLength(null);
		options.getHeaderBytes().clear();
		options.setHeaderFormat(HeaderFormat.BINARY);
		options.setByteOrder(HeaderByteOrder.BIG_ENDIAN);
		options.setStrip(null);
	}

	private static void checksum(TcpConnectionProperties properties, ChecksumKind kind) {
		ChecksumProperties checksum = properties.getChecksum();
		checksum.setKind(kind);
		checksum.setFrom(null);
		checksum.setTo(null);
		checksum.setPlace("end");
		checksum.setEncoding(null);
		checksum.setByteOrder(null);
		checksum.setSeparator(null);
	}

	private static void set(TcpConnectionProperties properties, BuiltInFraming framing, BuiltInCodec codec) {
		properties.setFraming(Labels.of(framing));
		properties.setCodec(Labels.of(codec));
	}

}
