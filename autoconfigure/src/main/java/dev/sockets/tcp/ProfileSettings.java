package dev.sockets.tcp;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;
import dev.sockets.codec.pickle.PickleCodec;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
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
				set(settings, Framings.pickleStream(), PickleCodec.builder().build());
				settings.rpc(RpcSettings.TCPTALKS);
			}
		}
	}

	private static void set(ConnectionSettings.Builder settings, Framing framing, Codec codec) {
		settings.framing(framing).codec(codec);
	}

	private static Framing length4() {
		return Framings.lengthPrefixed(4, ByteOrder.BIG_ENDIAN, false);
	}

	private static Codec text() {
		return Codecs.text(StandardCharsets.UTF_8);
	}

}
