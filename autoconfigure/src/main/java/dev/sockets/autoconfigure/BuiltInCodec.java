package dev.sockets.autoconfigure;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;

/**
 * The codecs that have a name of their own in the configuration: their constant's in
 * lower case with dashes.
 */
enum BuiltInCodec {

	TEXT((entry) -> Codecs.text(Charsets.resolveForFraming(entry)), "charset"),

	BYTES((entry) -> Codecs.bytes());

	private final Function<BoundEntry<? extends TcpConnectionProperties>, Codec> factory;

	private final Set<String> options;

	BuiltInCodec(Function<BoundEntry<? extends TcpConnectionProperties>, Codec> factory, String... options) {
		this.factory = factory;
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

	Codec create(BoundEntry<? extends TcpConnectionProperties> entry) {
		return this.factory.apply(entry);
	}

}
