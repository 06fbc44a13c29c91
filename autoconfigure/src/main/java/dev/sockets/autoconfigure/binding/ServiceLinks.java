package dev.sockets.autoconfigure.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The environment variables by which Kubernetes tells each container of all services:
 * those of a service called {@code sockets-tcp-server-echo} have the names of properties.
 * They are none.
 */
public final class ServiceLinks {

	private static final String PREFIX = "SOCKETS_";

	private static final String PORT = "_PORT";

	private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.+:\\d+");

	private static final String OF_SERVICE = "(_SERVICE_HOST|_SERVICE_PORT(_.+)?|_PORT(_\\d+_(TCP|UDP|SCTP)(_PROTO|_PORT|_ADDR)?)?)";

	private final Iterable<ConfigurationPropertySource> sources;

	/** The addresses of services by their variables. */
	private final Map<String, String> services = new TreeMap<>();

	private final List<Pattern> variables = new ArrayList<>();

	/**
	 * Finds the links.
	 * @param environment where to look
	 */
	public ServiceLinks(Environment environment) {
		this.sources = ConfigurationPropertySources.get(environment);
		for (ConfigurationPropertySource source : this.sources) {
			if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables) {
				find(variables);
			}
		}
	}

	private void find(SystemEnvironmentPropertySource source) {
		for (String name : source.getPropertyNames()) {
			String value = name.startsWith(PREFIX) ? String.valueOf(source.getProperty(name)) : "";
			if (name.endsWith(PORT) && ADDRESS.matcher(value).matches()) {
				this.services.put(name, value);
				this.variables
					.add(Pattern.compile(Pattern.quote(name.substring(0, name.length() - PORT.length())) + OF_SERVICE));
			}
		}
	}

	/**
	 * Returns the services that look like properties.
	 * @return their addresses by the variables that have them
	 */
	Map<String, String> services() {
		return this.services;
	}

	/**
	 * Returns whether a variable tells of a service.
	 * @param variable its name
	 */
	boolean has(String variable) {
		return this.variables.stream().anyMatch((pattern) -> pattern.matcher(variable).matches());
	}

	/**
	 * Returns whether what a property would be bound to tells of a service.
	 * @param name the property
	 * @return whether the first source that has it is a link
	 */
	public boolean has(ConfigurationPropertyName name) {
		if (this.variables.isEmpty()) {
			return false;
		}
		for (ConfigurationPropertySource source : this.sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return isLink(property);
			}
		}
		return false;
	}

	/**
	 * Returns all sources, without the links.
	 */
	Iterable<ConfigurationPropertySource> otherSources() {
		if (this.variables.isEmpty()) {
			return this.sources;
		}
		List<ConfigurationPropertySource> others = new ArrayList<>();
		this.sources.forEach((source) -> others
			.add((source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource) ? without(source) : source));
		return others;
	}

	private ConfigurationPropertySource without(ConfigurationPropertySource source) {
		return source.filter((name) -> !isLink(source.getConfigurationProperty(name)));
	}

	private boolean isLink(@Nullable ConfigurationProperty property) {
		return property != null && property.getOrigin() instanceof PropertySourceOrigin origin
				&& has(origin.getPropertyName());
	}

}
