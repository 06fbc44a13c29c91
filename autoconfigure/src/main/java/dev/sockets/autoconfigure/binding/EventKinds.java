package dev.sockets.autoconfigure.binding;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.sockets.EventKind;
import dev.sockets.autoconfigure.properties.EndpointProperties;

/**
 * Reads a list of events: {@code all} or {@code none} alone, or any of their names.
 */
final class EventKinds {

	private EventKinds() {
	}

	static Set<EventKind> resolve(BoundEntry<? extends EndpointProperties> entry) {
		List<String> names = entry.properties().getEvents();
		if (isOnly("all", names)) {
			return EnumSet.allOf(EventKind.class);
		}
		if (names.isEmpty() || isOnly("none", names)) {
			return EnumSet.noneOf(EventKind.class);
		}
		Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
		names.forEach((name) -> kinds.add(kind(entry, name)));
		return kinds;
	}

	private static boolean isOnly(String word, List<String> names) {
		return names.size() == 1 && names.get(0).equalsIgnoreCase(word);
	}

	private static EventKind kind(BoundEntry<? extends EndpointProperties> entry, String name) {
		return Arrays.stream(EventKind.values())
			.filter((kind) -> Labels.isRelaxed(kind, name))
			.findFirst()
			.orElseThrow(() -> entry.invalid("events", name,
					"all or none alone, or some of " + String.join(", ", Labels.of(EventKind.values()))));
	}

}
