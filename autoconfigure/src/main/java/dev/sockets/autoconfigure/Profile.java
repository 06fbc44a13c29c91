package dev.sockets.autoconfigure;

import java.time.Duration;
import java.util.Objects;

/**
 * Values of keys that go together. What is set nearer wins: first the keys of the entry
 * itself, then its profile, then the keys of the defaults, and at last their profile.
 */
public enum Profile {

	/** Lines of text. */
	TEXT(BuiltInFraming.LINE, BuiltInCodec.TEXT),

	/** Texts that end with a zero byte. */
	TEXT_NUL(BuiltInFraming.NUL, BuiltInCodec.TEXT),

	/** Bytes after their length. */
	BYTES(BuiltInFraming.LENGTH4, BuiltInCodec.BYTES),

	/** JSON after its length. */
	JSON(BuiltInFraming.LENGTH4, BuiltInCodec.JSON),

	/** CBOR after its length. */
	CBOR(BuiltInFraming.LENGTH4, BuiltInCodec.CBOR),

	/**
	 * Texts that end with a zero byte, and one client at a time: others are closed
	 * without a word, after a moment as the clients of tcpcom miss an end that comes at
	 * once.
	 */
	TCPCOM(BuiltInFraming.NUL, BuiltInCodec.TEXT) {

		@Override
		void applyTo(TcpServerProperties properties) {
			properties.setMaxConnections(1);
			properties.setRejectDelay(Duration.ofMillis(100));
		}

		@Override
		void applyTo(TcpClientProperties properties) {
			properties.setOccupiedWithin(Duration.ofSeconds(2));
		}

	};

	private final BuiltInFraming framing;

	private final BuiltInCodec codec;

	Profile(BuiltInFraming framing, BuiltInCodec codec) {
		this.framing = framing;
		this.codec = codec;
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
	 * Sets its values.
	 */
	void applyTo(TcpConnectionProperties properties) {
		properties.setFraming(Labels.of(this.framing));
		properties.setCodec(Labels.of(this.codec));
		if (properties instanceof TcpServerProperties server) {
			applyTo(server);
		}
		if (properties instanceof TcpClientProperties client) {
			applyTo(client);
		}
	}

	void applyTo(TcpServerProperties properties) {
	}

	void applyTo(TcpClientProperties properties) {
	}

}
