package dev.sockets.autoconfigure.binding;

import java.time.Duration;
import java.util.Objects;

import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;
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

	private static void set(TcpConnectionProperties properties, BuiltInFraming framing, BuiltInCodec codec) {
		properties.setFraming(Labels.of(framing));
		properties.setCodec(Labels.of(codec));
	}

}
