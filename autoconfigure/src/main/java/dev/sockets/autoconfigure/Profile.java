package dev.sockets.autoconfigure;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A framing and a codec that go together. What is set nearer wins: first the framing and
 * the codec of the entry itself, then its profile, then the framing and the codec of the
 * defaults, and at last their profile.
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
	CBOR(BuiltInFraming.LENGTH4, BuiltInCodec.CBOR);

	private final BuiltInFraming framing;

	private final BuiltInCodec codec;

	Profile(BuiltInFraming framing, BuiltInCodec codec) {
		this.framing = framing;
		this.codec = codec;
	}

	/**
	 * Returns the name of the framing that an entry has.
	 */
	static String framing(BoundEntry<? extends TcpConnectionProperties> entry) {
		return choose(entry, "framing", entry.properties().getFraming(), (profile) -> profile.framing);
	}

	/**
	 * Returns the name of the codec that an entry has.
	 */
	static String codec(BoundEntry<? extends TcpConnectionProperties> entry) {
		return choose(entry, "codec", entry.properties().getCodec(), (profile) -> profile.codec);
	}

	private static String choose(BoundEntry<? extends TcpConnectionProperties> entry, String key,
			@Nullable String value, Function<Profile, Enum<?>> preset) {
		boolean onlyOfDefaults = !entry.has(key) && entry.has("profile");
		return (value != null && !onlyOfDefaults) ? value : Labels.of(preset.apply(entry.properties().getProfile()));
	}

}
