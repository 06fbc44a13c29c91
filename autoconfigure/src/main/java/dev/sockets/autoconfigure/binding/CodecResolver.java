package dev.sockets.autoconfigure.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.sockets.autoconfigure.properties.EndpointProperties;
import dev.sockets.codec.Codec;

/**
 * Finds the codec that an entry names. Built-in names come first, then beans.
 */
final class CodecResolver {

	private final NamedBeans beans;

	CodecResolver(NamedBeans beans) {
		this.beans = beans;
	}

	/**
	 * Returns a codec.
	 * @param entry the entry
	 * @param name the codec's name
	 * @param framing the name of the framing that is to carry what it encodes;
	 * {@code null} when there is none
	 */
	Codec resolve(BoundEntry<? extends EndpointProperties> entry, String name, @Nullable String framing) {
		Optional<BuiltInCodec> builtIn = BuiltInCodec.of(name);
		Codec codec = builtIn.map((constant) -> constant.create(entry, framing, this.beans))
			.or(() -> this.beans.find(name, Codec.class).map(Codec.class::cast))
			.orElseThrow(() -> entry.invalid("codec", name, choices() + this.beans.otherType(name)
					+ ProfileValues.named(name, Labels.of(BuiltInCodec.values()))));
		Set<String> used = builtIn.map(BuiltInCodec::options).orElse(Set.of());
		Stream.of(BuiltInCodec.values())
			.flatMap((constant) -> constant.options().stream())
			.filter((option) -> !used.contains(option))
			.filter((option) -> !option.equals("charset") || !FixedMessages.areIn(entry.properties()))
			.forEach((option) -> entry.refuse(option, "the codec '" + name + "' does not use it"));
		return codec;
	}

	private String choices() {
		Set<String> beanNames = this.beans.names(Codec.class);
		List<String> names = new ArrayList<>(Labels.of(BuiltInCodec.values()));
		names.addAll(beanNames);
		return "one of " + String.join(", ", names) + (beanNames.isEmpty() ? ", or the name of a Codec bean" : "");
	}

}
