package dev.sockets.autoconfigure.binding;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

import dev.sockets.autoconfigure.properties.EndpointProperties;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;

/**
 * The codecs that have a name of their own in the configuration: their constant's in
 * lower case with dashes.
 */
enum BuiltInCodec {

	TEXT("charset", "charset-errors"),

	BYTES,

	JSON("payload-type"),

	CBOR("payload-type"),

	PICKLE("pickle.protocol", "pickle.classes"),

	OBJECT("allowed-classes");

	private static final Set<BuiltInFraming> FRAMINGS_OF_TEXT = EnumSet.of(BuiltInFraming.LINE, BuiltInFraming.CRLF,
			BuiltInFraming.NUL, BuiltInFraming.STX_ETX, BuiltInFraming.DELIMITER, BuiltInFraming.MARKED,
			BuiltInFraming.NDJSON, BuiltInFraming.FIX);

	private final Set<String> options;

	BuiltInCodec(String... options) {
		this.options = Set.of(options);
	}

	static Optional<BuiltInCodec> of(String label) {
		return Arrays.stream(values()).filter((codec) -> Labels.of(codec).equals(label)).findFirst();
	}

	/**
	 * Returns which keys only some codecs use, this among them.
	 */
	Set<String> options() {
		return this.options;
	}

	Codec create(BoundEntry<? extends EndpointProperties> entry, @Nullable String framing, NamedBeans beans) {
		return switch (this) {
			case TEXT -> Codecs.text(Charsets.resolveForFraming(entry, framing), entry.properties().getCharsetErrors());
			case BYTES -> Codecs.bytes();
			case JSON -> json(entry, beans);
			case CBOR -> cbor(entry, framing, beans);
			case PICKLE -> pickle(entry, framing, beans);
			case OBJECT -> ObjectCodecs.object(entry, framing, beans);
		};
	}

	private static Codec json(BoundEntry<? extends EndpointProperties> entry, NamedBeans beans) {
		require(entry, beans, "json", "tools.jackson.databind.json.JsonMapper",
				"org.springframework.boot:spring-boot-starter-jackson");
		return JacksonCodecs.json(entry, beans);
	}

	private static Codec cbor(BoundEntry<? extends EndpointProperties> entry, @Nullable String framing,
			NamedBeans beans) {
		require(entry, beans, "cbor", "tools.jackson.dataformat.cbor.CBORMapper",
				"tools.jackson.dataformat:jackson-dataformat-cbor");
		requireAnyBytes(entry, framing, "cbor");
		builtIn(framing).filter(BuiltInFraming.STREAM::equals).ifPresent((stream) -> {
			throw entry.invalid("framing", framing,
					"another one with the codec 'cbor', such as length4: stream finds the end of JSON only, not yet "
							+ "of CBOR");
		});
		return JacksonCodecs.cbor(entry, beans);
	}

	private static Codec pickle(BoundEntry<? extends EndpointProperties> entry, @Nullable String framing,
			NamedBeans beans) {
		requireAnyBytes(entry, framing, "pickle");
		return PickleCodecs.pickle(entry, beans);
	}

	private static void requireAnyBytes(BoundEntry<? extends EndpointProperties> entry, @Nullable String framing,
			String codec) {
		builtIn(framing).filter(FRAMINGS_OF_TEXT::contains).ifPresent((text) -> {
			throw entry.invalid("framing", framing,
					"one that carries any bytes, as the codec '" + codec + "' sends them, such as length4");
		});
	}

	private static Optional<BuiltInFraming> builtIn(@Nullable String framing) {
		return Optional.ofNullable(framing).flatMap(BuiltInFraming::of);
	}

	private static void require(BoundEntry<? extends EndpointProperties> entry, NamedBeans beans, String codec,
			String className, String dependency) {
		if (!ClassUtils.isPresent(className, beans.classLoader())) {
			throw entry.invalid("codec", codec,
					"another one, unless Jackson is on the class path: add the dependency " + dependency);
		}
	}

}
