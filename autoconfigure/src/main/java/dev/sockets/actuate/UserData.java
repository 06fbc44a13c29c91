package dev.sockets.actuate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

import dev.sockets.EndpointKind;
import dev.sockets.registry.WatchedEndpoint;

/**
 * Sanitizes what the user attached to endpoints, as Boot does with the properties that it
 * stands in.
 */
final class UserData {

	private final Sanitizer sanitizer;

	UserData(Iterable<SanitizingFunction> sanitizingFunctions) {
		this.sanitizer = new Sanitizer(sanitizingFunctions);
	}

	Map<String, Object> of(WatchedEndpoint endpoint, boolean showUnsanitized) {
		EndpointKind kind = endpoint.kind();
		String path = (kind != null) ? kind.path(endpoint.name()) : endpoint.name();
		return endpoint.ask((asked) -> sanitize(path + ".user-data", asked.getUserData(), showUnsanitized))
			.orElse(Map.of());
	}

	private Map<String, Object> sanitize(String path, Map<?, ?> data, boolean showUnsanitized) {
		Map<String, Object> sanitized = new LinkedHashMap<>();
		data.forEach(
				(key, value) -> sanitized.put(String.valueOf(key), sanitize(path + "." + key, value, showUnsanitized)));
		return Collections.unmodifiableMap(sanitized);
	}

	private @Nullable Object sanitize(String path, @Nullable Object value, boolean showUnsanitized) {
		if (value instanceof Map<?, ?> map) {
			return sanitize(path, map, showUnsanitized);
		}
		if (value instanceof List<?> list) {
			return list.stream().map((element) -> sanitize(path, element, showUnsanitized)).toList();
		}
		Object shown = this.sanitizer.sanitize(new SanitizableData(null, path, value), showUnsanitized);
		return (shown instanceof Number || shown instanceof Boolean) ? shown : String.valueOf(shown);
	}

}
