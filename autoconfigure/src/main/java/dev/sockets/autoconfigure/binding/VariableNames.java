package dev.sockets.autoconfigure.binding;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Tells apart environment variables that start an entry of their own and those that only
 * look so, because an underscore stands for a dash in
 * {@code SOCKETS_TCP_SERVER_ORDER_FEED_PORT}.
 */
final class VariableNames {

	private final ConfigurationPropertyName root;

	private final List<ConfigurationPropertyName> dashed;

	VariableNames(EndpointGroup group, Collection<EndpointEntry> entries) {
		this.root = group.root();
		this.dashed = Stream.concat(Stream.of(group.defaults().toString()), entries.stream().map(EndpointEntry::path))
			.map((path) -> ConfigurationPropertyName.adapt(path.replace('-', '.').replace('_', '.'), '.'))
			.toList();
	}

	boolean startEntry(ConfigurationPropertyName key) {
		return key.getNumberOfElements() > this.root.getNumberOfElements() + 1
				&& this.dashed.stream().noneMatch((name) -> name.isAncestorOf(key));
	}

}
