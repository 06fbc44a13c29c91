package dev.sockets.tcp;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;
import dev.sockets.codec.pickle.PickleCodec;
import dev.sockets.framing.ChecksumEncoding;
import dev.sockets.framing.ChecksumKind;
import dev.sockets.framing.ChecksumRule;
import dev.sockets.framing.Delimiters;
import dev.sockets.framing.Escapes;
import dev.sockets.framing.FrameMarks;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.framing.HeaderFormat;
import dev.sockets.framing.LengthHeader;
import dev.sockets.rpc.RpcSettings;

/**
 * What profiles stand for when an endpoint is made by the application. That of endpoints
 * in the configuration is the same, in terms of keys.
 */
final class ProfileSettings {

	private ProfileSettings() {
	}

	static void server(Profile profile, TcpServerSettings.Builder settings) {
		settings.connection((connection) -> connection(profile, connection));
		if (profile == Profile.TCPCOM) {
			settings.maxConnections(1).rejectDelay(Duration.ofMillis(100));
		}
	}

	static void client(Profile profile, TcpClientSettings.Builder settings) {
		settings.connection((connection) -> connection(profile, connection));
		if (profile == Profile.TCPCOM) {
			settings.occupiedWithin(Duration.ofSeconds(2)).holdConnected(true);
		}
		if (profile == Profile.TCPTALKS) {
			settings.retryConnect(true);
		}
		if (profile == Profile.SIMPLESOCKETS) {
			settings.connection((connection) -> connection.socketOptions(SocketOptions.DEFAULTS.withLinger(0)));
		}
	}

	private static void connection(Profile profile, ConnectionSettings.Builder settings) {
		switch (profile) {
			case TEXT -> set(settings, Framings.line(), text());
			case TEXT_NUL, TCPCOM -> set(settings, Framings.nul(), text());
			case BYTES -> set(settings, length4(), Codecs.bytes());
			case JSON -> set(settings, length4(), Codecs.json());
			case CBOR -> set(settings, length4(), Codecs.cbor());
			case RPC -> {
				set(settings, length4(), Codecs.cbor());
				settings.rpc(RpcSettings.DEFAULTS);
			}
			case JFSOCKET -> {
				set(settings, Framings.raw(), Codecs.bytes());
				settings.closeOnEot(true);
			}
			case OBJ_OVER_TCP -> set(settings, Framings.hex8(), PickleCodec.builder().build());
			case SIMPLESOCKETS -> set(settings, Framings.raw(), Codecs.bytes());
			case TCPTALKS -> {
				set(settings, Framings.pickleStream(), PickleCodec.builder().keepUnfit(true).build());
				settings.rpc(RpcSettings.TCPTALKS);
			}
			case MLLP ->
				set(settings, Framings.marked(FrameMarks.of(new byte[] { 0x0B }, new byte[] { 0x1C, '\r' })), text());
			case MODBUS_TCP ->
				set(settings, Framings.length(kept(2, 4, false).atLeast(2).atMost(254).with(2, (byte) 0, (byte) 0)),
						Codecs.bytes());
			case HSMS -> set(settings, Framings.length(LengthHeader.binary(4).atLeast(10)), Codecs.bytes());
			case SMPP -> set(settings, Framings.length(kept(4, 0, true).atLeast(16)), Codecs.bytes());
			case NMEA -> set(settings, nmea(), text());
			case STX_ETX_LRC -> set(settings, Framings.marked(FrameMarks.of(new byte[] { 2 }, new byte[] { 3 }),
					checksum(ChecksumEncoding.RAW, null, true)), text());
			case SYSLOG -> set(settings, Framings.octetCounting(), text());
			case JT808 -> set(settings, jt808(), Codecs.bytes());
			case FIX -> set(settings, Framings.fix(), Codecs.text(StandardCharsets.ISO_8859_1));
			case SCPI -> set(settings, Framings.scpi(), Codecs.text(StandardCharsets.ISO_8859_1));
		}
	}

	private static void set(ConnectionSettings.Builder settings, Framing framing, Codec codec) {
		settings.framing(framing).codec(codec);
	}

	private static Framing length4() {
		return Framings.lengthPrefixed(4, ByteOrder.BIG_ENDIAN, false);
	}

	private static LengthHeader kept(int size, int offset, boolean included) {
		return new LengthHeader(size, HeaderFormat.BINARY, ByteOrder.BIG_ENDIAN, offset, 0, included, false);
	}

	private static Framing nmea() {
		Framing lines = Framings.delimiters(new Delimiters(List.of(new byte[] { '\r', '\n' }, new byte[] { '\n' }),
				false, false, false, List.of(new byte[] { '$' }, new byte[] { '!' })));
		return Framings.checked(lines, checksum(ChecksumEncoding.HEX, 1, false, (byte) '*'));
	}

	private static Framing jt808() {
		Escapes escapes = new Escapes("escaped", (byte) 0x7E, (byte) 0x7D,
				Map.of((byte) 0x7E, (byte) 2, (byte) 0x7D, (byte) 1));
		return Framings.checked(Framings.escaped(escapes), ChecksumRule.of(ChecksumKind.XOR));
	}

	private static ChecksumRule checksum(ChecksumEncoding encoding, @Nullable Integer from, boolean behindEnd,
			byte... separator) {
		return new ChecksumRule(ChecksumKind.XOR, encoding, ByteOrder.BIG_ENDIAN, from, null, null, behindEnd,
				separator);
	}

	private static Codec text() {
		return Codecs.text(StandardCharsets.UTF_8);
	}

}
