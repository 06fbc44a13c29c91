package dev.sockets.autoconfigure.binding;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.springframework.core.serializer.Deserializer;
import org.springframework.core.serializer.Serializer;

import dev.sockets.autoconfigure.properties.FramingOptionsProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;

/**
 * Finds the framing that an entry names. Built-in names come first, then beans.
 */
final class FramingResolver {

	private static final Set<String> OPTIONS = PropertyNames.of(FramingOptionsProperties.class);

	private final NamedBeans beans;

	FramingResolver(NamedBeans beans) {
		this.beans = beans;
	}

	Framing resolve(BoundEntry<? extends TcpConnectionProperties> entry) {
		String name = ProfileValues.framing(entry);
		Optional<BuiltInFraming> builtIn = BuiltInFraming.of(name);
		Framing framing = builtIn.map((constant) -> constant.create(entry))
			.or(() -> bean(name).map((bean) -> ChecksumMapper.checked(entry, bean)))
			.orElseThrow(() -> entry.invalid("framing", name, choices() + this.beans.otherType(name)
					+ ProfileValues.named(name, Labels.of(BuiltInFraming.values()))));
		Set<String> used = builtIn.map(BuiltInFraming::options).orElse(Set.of());
		OPTIONS.stream()
			.filter((option) -> !used.contains(option))
			.forEach((option) -> entry.refuse("framing-options." + option,
					"the framing '" + name + "' does not use it"));
		return framing;
	}

	private Optional<Framing> bean(String name) {
		return this.beans.find(name, Framing.class)
			.map(Framing.class::cast)
			.or(() -> this.beans.find(name, Serializer.class, Deserializer.class)
				.map((bean) -> Framings.ofSerializer((Serializer<?>) bean, (Deserializer<?>) bean)));
	}

	private String choices() {
		Set<String> beanNames = new LinkedHashSet<>(this.beans.names(Framing.class));
		beanNames.addAll(this.beans.names(Serializer.class, Deserializer.class));
		List<String> names = new ArrayList<>(Labels.of(BuiltInFraming.values()));
		names.addAll(beanNames);
		return "one of " + String.join(", ", names) + (beanNames.isEmpty()
				? ", or the name of a Framing bean or of one that is both Serializer and Deserializer" : "");
	}

}
