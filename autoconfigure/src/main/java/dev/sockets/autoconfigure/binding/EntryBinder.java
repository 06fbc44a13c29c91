package dev.sockets.autoconfigure.binding;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.properties.EndpointProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.tcp.Profile;

/**
 * Binds an entry over the defaults of its group.
 */
public final class EntryBinder {

	private final Binder binder;

	private final Iterable<ConfigurationPropertySource> sources;

	private final Placeholders placeholders;

	private final BindHandler handler = WrittenValueBindHandler.silent();

	private final BindHandler converting = new ConvertingBindHandler(BindHandler.DEFAULT);

	public EntryBinder(Environment environment) {
		this.sources = new ServiceLinks(environment).otherSources();
		this.binder = new Binder(this.sources, new PropertySourcesPlaceholdersResolver(environment));
		this.placeholders = new Placeholders(environment, this.sources);
	}

	public <P> BoundEntry<P> bind(EndpointEntry entry, P properties) {
		Bindable<P> target = Bindable.ofInstance(properties);
		Optional<Profile> own = profile(entry.prefix());
		ConfigurationPropertyName defaults = entry.group().defaults();
		boolean hasDefaults = hasPropertiesBelow(defaults);
		if (own.isEmpty()) {
			Optional<Profile> common = hasDefaults ? profile(defaults) : Optional.empty();
			apply(common.orElse(Profile.TEXT), properties);
		}
		if (hasDefaults) {
			this.placeholders.check(defaults);
			bind(defaults, target, properties);
		}
		this.placeholders.check(entry.prefix());
		own.ifPresent((profile) -> apply(profile, properties));
		bind(entry.prefix(), target, properties);
		if (hasDefaults) {
			WireTextNumbers.refuse(this.sources, defaults);
		}
		WireTextNumbers.refuse(this.sources, entry.prefix());
		return new BoundEntry<>(entry.name(), entry.path(), properties, (key) -> text(entry.prefix().append(key)),
				(key) -> hasDefaults ? text(defaults.append(key)) : null);
	}

	private <P> void bind(ConfigurationPropertyName path, Bindable<P> target, P properties) {
		try {
			this.binder.bind(path, target, this.handler);
		}
		catch (BindException ex) {
			throw (ex.getCause() instanceof InvalidSettingException refused) ? refused : ex;
		}
		if (properties instanceof EndpointProperties endpoint) {
			UserDataLists.restore(this.sources, path, endpoint.getUserData());
		}
	}

	private @Nullable String text(ConfigurationPropertyName path) {
		BindResult<String> value = this.binder.bind(path, Bindable.of(String.class), this.converting);
		return value.isBound() ? value.get()
				: this.binder.bind(path, Bindable.mapOf(String.class, String.class))
					.map(EntryBinder::text)
					.orElse(null);
	}

	/** Returns values that have no names as a list. */
	private static String text(Map<String, String> values) {
		return values.keySet().stream().allMatch((name) -> name.matches("\\d+")) ? String.join(",", values.values())
				: values.toString();
	}

	private boolean hasPropertiesBelow(ConfigurationPropertyName path) {
		for (ConfigurationPropertySource source : this.sources) {
			if (source.containsDescendantOf(path) != ConfigurationPropertyState.ABSENT) {
				return true;
			}
		}
		return false;
	}

	private Optional<Profile> profile(ConfigurationPropertyName path) {
		BindResult<Profile> profile = this.binder.bind(path.append("profile"), Bindable.of(Profile.class),
				this.converting);
		return profile.isBound() ? Optional.of(profile.get()) : Optional.empty();
	}

	private static void apply(Profile profile, Object properties) {
		if (properties instanceof TcpConnectionProperties connection) {
			ProfileValues.apply(profile, connection);
		}
	}

}
