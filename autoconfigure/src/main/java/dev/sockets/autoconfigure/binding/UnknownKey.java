package dev.sockets.autoconfigure.binding;

import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;

import dev.sockets.NearestName;
import dev.sockets.autoconfigure.properties.SocketsProperties;

/**
 * A key below {@code sockets} that nothing knows.
 *
 * @param parent what it stands below
 * @param key its first part that is unknown
 * @param choices the keys that are known there; empty when nothing can stand there
 * @param inGroups where a key of that name is known in the groups that can stand there
 */
public record UnknownKey(String parent, String key, Set<String> choices, List<String> inGroups) {

	private static final Pattern INDEX = Pattern.compile("\\d+");

	private static final String ROOT = "sockets";

	/** What others call a key, or several of which one is known. */
	private static final Map<String, List<String>> OTHER_WORDS = Map.ofEntries(entry("tls", "ssl"),
			entry("address", "host"), entry("bindaddress", "host"), entry("hostname", "host"), entry("url", "host"),
			entry("uri", "host"), entry("encoding", "charset"), entry("protocol", "profile"),
			entry("serializer", "codec"), entry("format", "codec"), entry("whitelist", "allow"),
			entry("blacklist", "deny"), entry("ttl", "time-to-live"), entry("enabled", "auto-startup", "bundle"),
			entry("verify", "verify-hostname"), entry("keystore", "bundle"), entry("truststore", "bundle"),
			entry("certificate", "bundle"), entry("interval", "initial-delay"), entry("delay", "initial-delay"));

	/** What others call a kind of endpoint; one of the words here is nearly another. */
	private static final Map<String, List<String>> OTHER_KINDS = Map.ofEntries(entry("server", "receiver"),
			entry("listener", "receiver", "server"), entry("client", "sender"), entry("receiver", "server"),
			entry("sender", "client"));

	private static Map.Entry<String, List<String>> entry(String word, String... keys) {
		return Map.entry(word, List.of(keys));
	}

	/**
	 * Finds out what is unknown about a property.
	 * @return empty when it isn't one of ours
	 */
	public static Optional<UnknownKey> in(ConfigurationPropertyName name) {
		Place end = follow(name);
		return (end.isKnown() || end.at() == 0) ? Optional.empty()
				: Optional.of(new UnknownKey(name.chop(end.at()).toString(), name.getElement(end.at(), Form.ORIGINAL),
						keys(end.type().toClass()),
						inGroups(end.type().toClass(), name.getElement(end.at(), Form.DASHED))));
	}

	/**
	 * Returns the type of a property.
	 * @return empty when it isn't one of ours
	 */
	static Optional<ResolvableType> type(ConfigurationPropertyName name) {
		Place end = follow(name);
		return end.isKnown() ? Optional.of(end.type()) : Optional.empty();
	}

	/** Returns where the last element stands that is known. */
	private static Place follow(ConfigurationPropertyName name) {
		ResolvableType type = ResolvableType.forClass(SocketsProperties.class);
		int elements = name.getNumberOfElements();
		if (name.isEmpty() || !name.getElement(0, Form.UNIFORM).equals(ROOT)) {
			return new Place(type, 0, false);
		}
		int at = 1;
		while (at < elements) {
			if (Collection.class.isAssignableFrom(type.toClass()) && name.isNumericIndex(at)) {
				type = type.asCollection().getGeneric(0);
				at++;
				continue;
			}
			if (type.toClass() == Object.class) {
				return new Place(type, elements, true);
			}
			if (isMap(type)) {
				type = type.getGeneric(1);
				at++;
				continue;
			}
			Optional<ResolvableType> next = property(type.toClass(), name.getElement(at, Form.UNIFORM));
			if (next.isEmpty()) {
				return new Place(type, at, false);
			}
			type = next.get();
			at++;
		}
		return new Place(type, at, true);
	}

	/**
	 * Where following a property has ended.
	 *
	 * @param type what can stand there
	 * @param at the element
	 * @param isKnown whether all elements are known
	 */
	private record Place(ResolvableType type, int at, boolean isKnown) {

	}

	private static boolean isMap(ResolvableType type) {
		return Map.class.isAssignableFrom(type.toClass());
	}

	/**
	 * Returns whether what a property has are entries with names and keys.
	 */
	static boolean isMapOfEntries(ResolvableType type) {
		return isMap(type) && isOurs(type.getGeneric(1).toClass());
	}

	static Optional<ResolvableType> property(Class<?> type, String uniform) {
		if (!isOurs(type)) {
			return Optional.empty();
		}
		return PropertyNames.properties(type)
			.filter((property) -> property.getName().equalsIgnoreCase(uniform))
			.map(PropertyDescriptor::getReadMethod)
			.map(ResolvableType::forMethodReturnType)
			.findFirst();
	}

	private static List<String> inGroups(Class<?> type, String key) {
		return keys(type).stream()
			.filter((group) -> property(type, group.replace("-", ""))
				.filter((found) -> keys(found.toClass()).contains(key))
				.isPresent())
			.map((group) -> group + "." + key)
			.toList();
	}

	/**
	 * Returns the keys that can stand where a value has a type.
	 * @return none when nothing can, or anything
	 */
	static Set<String> keys(Class<?> type) {
		return isOurs(type) ? PropertyNames.of(type) : Set.of();
	}

	static boolean isOurs(Class<?> type) {
		return type.getPackage() == SocketsProperties.class.getPackage() && !type.isEnum();
	}

	/**
	 * Returns the key that was probably meant: one with nearly that name, or the only one
	 * of that name in a group.
	 */
	public Optional<String> meant() {
		String uniform = uniform(this.key);
		return known(OTHER_KINDS, uniform).or(() -> NearestName.of(this.key, this.choices))
			.or(() -> NearestName.of(uniform, this.choices.stream().map(UnknownKey::uniform).toList())
				.flatMap((near) -> this.choices.stream().filter((choice) -> uniform(choice).equals(near)).findFirst()))
			.or(() -> known(OTHER_WORDS, uniform))
			.or(() -> (this.inGroups.size() == 1) ? this.inGroups.stream().findFirst() : Optional.empty());
	}

	private Optional<String> known(Map<String, List<String>> words, String word) {
		return words.getOrDefault(word, List.of()).stream().filter(this.choices::contains).findFirst();
	}

	private static String uniform(String key) {
		return key.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns whether it is no key but the index of a list.
	 */
	public boolean isInList() {
		return INDEX.matcher(this.key).matches();
	}

	/**
	 * Returns which other groups of entries know the key.
	 * @return their paths; empty when none does, or it stands below no entry
	 */
	public Optional<String> owner() {
		if (Arrays.stream(EndpointGroup.values()).noneMatch((group) -> group.isOrHas(this.parent))) {
			return Optional.empty();
		}
		String dashed = DataObjectPropertyName.toDashedForm(this.key);
		List<String> owners = Arrays.stream(EndpointGroup.values())
			.filter((group) -> group.keys().contains(dashed))
			.map((group) -> group.path("<name>"))
			.toList();
		return owners.isEmpty() ? Optional.empty() : Optional.of(String.join("' and '", owners));
	}

}
