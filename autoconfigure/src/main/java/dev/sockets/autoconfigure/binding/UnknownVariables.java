package dev.sockets.autoconfigure.binding;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.core.ResolvableType;

import dev.sockets.NearestName;
import dev.sockets.autoconfigure.properties.EndpointProperties;
import dev.sockets.autoconfigure.properties.SocketsProperties;

/**
 * Finds out what is wrong about an environment variable that looks like a property and is
 * none, or one of a group of keys. Spring Boot leaves those out in silence.
 */
final class UnknownVariables {

	private static final String PREFIX = "SOCKETS_";

	private static final Set<String> KINDS = Set.of("server", "client", "receiver", "sender");

	/** Of all shorter words, such as HOME and NAME, one or another is near to a key. */
	private static final int SHORTEST_NEAR_WORD = 5;

	private final Collection<String> names;

	/**
	 * Prepares the search.
	 * @param names the names of all entries
	 */
	UnknownVariables(Collection<String> names) {
		this.names = names;
	}

	/**
	 * Returns what is wrong about a variable.
	 * @param variable its name
	 * @return a clause; empty when it is a property, or nothing of ours
	 */
	Optional<String> problem(String variable) {
		if (!variable.startsWith(PREFIX)) {
			return Optional.empty();
		}
		List<String> words = List.of(variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).split("_", -1));
		Place root = new Place(ResolvableType.forClass(SocketsProperties.class), words, 0);
		Place end = follow(root);
		if (end.isGroup() || end.isNameAlone()) {
			return Optional.of(end.problem());
		}
		if (end.isKnown() || (words.size() == 1 && words.get(0).length() < SHORTEST_NEAR_WORD)) {
			return Optional.empty();
		}
		Set<String> keys = end.keys();
		Optional<String> meant = NearestName.of(end.rest("-"), keys)
			.or(() -> NearestName.of(end.rest(""), keys))
			.or(() -> NearestName.of(words.get(end.at()), keys));
		if (end.at() == 0 && meant.isEmpty() && !(words.size() > 2 && KINDS.contains(words.get(1)))) {
			return Optional.empty();
		}
		String consumed = PREFIX + end.consumed();
		return Optional.of("there is no such property"
				+ meant.map((key) -> "; did you mean " + consumed + key.replace("-", "").toUpperCase(Locale.ROOT) + "?")
					.orElse(""));
	}

	/** Returns how far a variable is that of a property. */
	private Place follow(Place place) {
		Place furthest = place;
		for (String key : place.keys()) {
			for (Place next : place.after(key, this.names)) {
				Place end = follow(next);
				if (end.isKnown()) {
					return end;
				}
				furthest = (end.at() > furthest.at()) ? end : furthest;
			}
		}
		return furthest;
	}

	/**
	 * How far a variable was followed.
	 *
	 * @param type what can stand there
	 * @param words the words of the variable
	 * @param at the first of them that was not followed
	 */
	private record Place(ResolvableType type, List<String> words, int at) {

		boolean isKnown() {
			Class<?> type = this.type.toClass();
			return this.at == this.words.size() || (Map.class.isAssignableFrom(type) && !hasEntries())
					|| Collection.class.isAssignableFrom(type);
		}

		/** Returns whether it is not a key, but what keys stand below. */
		boolean isGroup() {
			return this.at > 0 && this.at == this.words.size() && GroupExample.isGroup(this.type);
		}

		/** Returns whether one word stands where an entry's name and a key belong. */
		boolean isNameAlone() {
			return hasEntries() && this.at + 1 == this.words.size();
		}

		private boolean hasEntries() {
			return UnknownKey.isMapOfEntries(this.type);
		}

		/** Returns what is wrong about a group, or a name alone. */
		String problem() {
			ResolvableType entry = this.type.getGeneric(1);
			String word = isNameAlone() ? rest("") : "";
			boolean key = !word.isEmpty() && UnknownKey.property(entry.toClass(), word)
				.filter((type) -> !GroupExample.isGroup(type))
				.isPresent();
			List<String> example = (!word.isEmpty() && !key) ? GroupExample.keys(entry) : GroupExample.keys(this.type);
			String begin = PREFIX + consumed() + ((!word.isEmpty() && !key) ? word + "_" : "");
			return (key ? "the name of an endpoint is missing" : "a group of keys has no value") + "; did you mean "
					+ begin.toUpperCase(Locale.ROOT) + variable(key ? List.of(example.get(0), word) : example) + "?";
		}

		private static String variable(List<String> keys) {
			return String.join("_", keys).replace("-", "").toUpperCase(Locale.ROOT);
		}

		Set<String> keys() {
			return (this.at < this.words.size()) ? UnknownKey.keys(this.type.toClass()) : Set.of();
		}

		String rest(String separator) {
			return String.join(separator, this.words.subList(this.at, this.words.size()));
		}

		String consumed() {
			return this.words.subList(0, this.at)
				.stream()
				.map((word) -> word.toUpperCase(Locale.ROOT) + "_")
				.collect(Collectors.joining());
		}

		/** Returns the places behind a key, and behind a name when it has entries. */
		List<Place> after(String key, Collection<String> names) {
			ResolvableType next = UnknownKey.property(this.type.toClass(), key.replace("-", "")).orElseThrow();
			int behind = this.at + length(key);
			if (behind == this.at) {
				return List.of();
			}
			if (!UnknownKey.isMapOfEntries(next)) {
				return List.of(new Place(next, this.words, behind));
			}
			Place entries = new Place(next, this.words, behind);
			ResolvableType entry = next.getGeneric(1);
			IntStream lengths = EndpointProperties.class.isAssignableFrom(entry.toClass())
					? names.stream().mapToInt(entries::length).filter((length) -> length > 0)
					: IntStream.range(1, Math.min(2, this.words.size() - behind));
			return Stream
				.concat(lengths.mapToObj((length) -> new Place(entry, this.words, behind + length)), Stream.of(entries))
				.toList();
		}

		/** Returns how many words from here are those of a name; 0 when they aren't. */
		private int length(String name) {
			List<String> parts = Arrays.asList(name.toLowerCase(Locale.ROOT).split("[-_]"));
			List<String> rest = this.words.subList(this.at, this.words.size());
			if (!rest.isEmpty() && rest.get(0).equals(String.join("", parts))) {
				return 1;
			}
			return (rest.size() >= parts.size() && rest.subList(0, parts.size()).equals(parts)) ? parts.size() : 0;
		}

	}

}
