package dev.sockets.autoconfigure.binding;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.autoconfigure.properties.EndpointProperties;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;

/**
 * Creates the codec {@code object}.
 */
final class ObjectCodecs {

	private static final String ADVICE = "a list of the classes that may be received: full names such as "
			+ "com.example.Order, com.example.* for those of a package, com.example.** for those of the packages below "
			+ "it too. Whoever connects chooses what is made of them, so allow what carries data and no more";

	private static final Set<BuiltInFraming> UNFIT = EnumSet.of(BuiltInFraming.LINE, BuiltInFraming.CRLF,
			BuiltInFraming.NUL, BuiltInFraming.STX_ETX, BuiltInFraming.DELIMITER, BuiltInFraming.FIXED,
			BuiltInFraming.RAW, BuiltInFraming.STREAM);

	private ObjectCodecs() {
	}

	static Codec object(BoundEntry<? extends EndpointProperties> entry, @Nullable String framing, NamedBeans beans) {
		Optional.ofNullable(framing).flatMap(BuiltInFraming::of).filter(UNFIT::contains).ifPresent((unfit) -> {
			throw entry.invalid("framing", framing,
					"one that carries any bytes of any length, as the codec 'object' sends them, such as length4");
		});
		List<String> allowed = entry.properties().getAllowedClasses();
		if (allowed.isEmpty()) {
			throw entry.invalid("allowed-classes", null, ADVICE);
		}
		try {
			return Codecs.object(allowed, beans.classLoader());
		}
		catch (IllegalArgumentException ex) {
			throw entry.invalid("allowed-classes", String.join(", ", allowed), ADVICE);
		}
	}

}
