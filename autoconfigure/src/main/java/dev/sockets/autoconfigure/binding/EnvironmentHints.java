package dev.sockets.autoconfigure.binding;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import dev.sockets.NearestName;

/**
 * Tells in the log what an environment has that may have been meant for endpoints and is
 * read by nobody. Nothing of it keeps the application from starting.
 */
public final class EnvironmentHints {

	private static final Log logger = LogFactory.getLog("dev.sockets");

	private static final List<String> ROOT = List.of("sockets");

	private static final Set<String> GROUPS = Set.of("tcp", "udp", "multicast");

	private static final Set<String> KINDS = Set.of("server", "client", "receiver", "sender");

	private static final int WORDS_OF_AN_ENTRY = 4;

	private final Environment environment;

	private final ServiceLinks links;

	private final UnknownVariables variables;

	private final boolean empty;

	/**
	 * Prepares the hints.
	 * @param environment where to look
	 * @param entries all entries that were found there
	 */
	public EnvironmentHints(Environment environment, Collection<EndpointEntry> entries) {
		this.environment = environment;
		this.links = new ServiceLinks(environment);
		this.variables = new UnknownVariables(entries.stream().map(EndpointEntry::name).toList());
		this.empty = entries.isEmpty();
	}

	/**
	 * Logs them.
	 */
	public void log() {
		this.links.services()
			.forEach((variable, address) -> logger.warn(("The environment variable %s=%s is left out, as Kubernetes "
					+ "tells of a service by it. Set enableServiceLinks: false in the pod's spec, or rename the service")
				.formatted(variable, address)));
		Set<String> prefixes = new LinkedHashSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables) {
				log(variables);
			}
			else if (source instanceof IterableConfigurationPropertySource iterable) {
				boolean system = isSystem(source);
				iterable.stream().forEach((name) -> log(source.getConfigurationProperty(name), system, prefixes));
			}
		}
		if (this.empty) {
			logger
				.info("No endpoints are configured: there is no sockets.tcp.server.<name>, .client.<name> or the like");
		}
	}

	/** Spring Boot looks for unknown keys in all but these and the variables. */
	private static boolean isSystem(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof PropertySource<?> underlying
				&& underlying.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
	}

	private void log(SystemEnvironmentPropertySource source) {
		for (String variable : source.getPropertyNames()) {
			if (isMisspelt(variable)) {
				logger.warn("The environment variable %s is left out; did you mean SOCKETS%s?".formatted(variable,
						variable.substring(variable.indexOf('_'))));
			}
			if (!this.links.has(variable) && !"".equals(source.getProperty(variable)) && !endsTheStart(variable)) {
				this.variables.problem(variable)
					.ifPresent((problem) -> logger
						.warn("The environment variable %s is left out: %s".formatted(variable, problem)));
			}
		}
	}

	/**
	 * Returns whether a variable looks like an entry below what is nearly the right word.
	 */
	private static boolean isMisspelt(String variable) {
		String[] words = variable.toLowerCase(Locale.ROOT).split("_");
		return words.length >= WORDS_OF_AN_ENTRY && !ROOT.contains(words[0]) && GROUPS.contains(words[1])
				&& KINDS.contains(words[2]) && NearestName.of(words[0], ROOT).isPresent();
	}

	/** Who gives a value to a group without keys is told when it is bound. */
	private boolean endsTheStart(String variable) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(variable.toLowerCase(Locale.ROOT), '_');
		return GroupExample.below(name).isPresent() && !hasKeys(name);
	}

	private boolean hasKeys(ConfigurationPropertyName group) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable
					&& iterable.stream().anyMatch(group::isAncestorOf)) {
				return true;
			}
		}
		return false;
	}

	/** Tells once of all properties that begin alike. */
	private void log(@Nullable ConfigurationProperty property, boolean system, Set<String> told) {
		if (property == null) {
			return;
		}
		ConfigurationPropertyName name = property.getName();
		if (system) {
			UnknownKey.in(name)
				.ifPresent((unknown) -> logger.warn(
						"The system property '%s' is left out: '%s' has no key '%s'%s".formatted(name, unknown.parent(),
								unknown.key(), unknown.meant().map("; did you mean '%s'?"::formatted).orElse(""))));
		}
		if (!property.getValue().equals("") && name.getNumberOfElements() > 1) {
			GroupExample.below(name)
				.filter((example) -> hasKeys(name))
				.ifPresent((example) -> logger
					.warn("'%s' is left out%s: a group of keys has no value; did you mean '%s'?".formatted(name,
							(property.getOrigin() != null) ? ", set in " + property.getOrigin() : "", example)));
		}
		misspelt(name).filter(told::add)
			.ifPresent((prefix) -> logger.warn("'%s' is read by nobody%s; did you mean 'sockets%s'?".formatted(prefix,
					(property.getOrigin() != null) ? ", set in " + property.getOrigin() : "",
					GROUPS.contains(prefix) ? "." + prefix : "")));
	}

	/**
	 * Returns what stands in place of {@code sockets}, if anything does: a misspelt word,
	 * or something before the right one.
	 */
	private static Optional<String> misspelt(ConfigurationPropertyName name) {
		int elements = name.getNumberOfElements();
		if (elements >= WORDS_OF_AN_ENTRY && GROUPS.contains(name.getElement(0, Form.UNIFORM))
				&& KINDS.contains(name.getElement(1, Form.UNIFORM).replace("defaults", ""))) {
			return Optional.of(name.getElement(0, Form.UNIFORM));
		}
		int at = (elements > 0 && name.getElement(0, Form.UNIFORM).equals("spring")) ? 1 : 0;
		if (elements < at + 3 || !GROUPS.contains(name.getElement(at + 1, Form.UNIFORM))) {
			return Optional.empty();
		}
		String word = name.getElement(at, Form.UNIFORM);
		boolean right = at == 0 && ROOT.contains(word);
		return (!right && (NearestName.of(word, ROOT).isPresent() || word.endsWith("sockets")))
				? Optional.of(name.chop(at + 1).toString()) : Optional.empty();
	}

}
