package dev.sockets.autoconfigure;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Binds an entry over the defaults of its group.
 */
final class EntryBinder {

	private final Binder binder;

	EntryBinder(Environment environment) {
		this.binder = Binder.get(environment);
	}

	<P> BoundEntry<P> bind(EndpointEntry entry, P properties) {
		Bindable<P> target = Bindable.ofInstance(properties);
		this.binder.bind(entry.group().defaults(), target);
		this.binder.bind(entry.prefix(), target);
		return new BoundEntry<>(entry.name(), entry.path(), properties,
				(key) -> this.binder.bind(entry.prefix().append(key), Bindable.of(String.class)).orElse(null));
	}

}
