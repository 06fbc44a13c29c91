package dev.sockets.autoconfigure.binding;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.autoconfigure.properties.EndpointProperties;
import dev.sockets.autoconfigure.properties.EventName;

/**
 * Reads a list of events: {@code all} or {@code none} alone, or any of their names.
 */
final class EventKinds {

	private EventKinds() {
	}

	static Set<EventKind> resolve(BoundEntry<? extends EndpointProperties> entry) {
		List<EventName> names = entry.properties().getEvents();
		if (names.equals(List.of(EventName.ALL))) {
			return EnumSet.allOf(EventKind.class);
		}
		Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
		if (!names.equals(List.of(EventName.NONE))) {
			names.forEach((name) -> kinds.add(kind(entry, name)));
		}
		return kinds;
	}

	private static EventKind kind(BoundEntry<? extends EndpointProperties> entry, @Nullable EventName name) {
		if (name == null || !name.isKind()) {
			throw entry.invalid("events", (name != null) ? name : "",
					"all or none alone, or some of " + String.join(", ", Labels.of(EventKind.values())));
		}
		return name.kind();
	}

}
