package dev.sockets.codec;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

import dev.sockets.RouteKey;

/**
 * What a JSON pointer (RFC 6901) points to in the objects that a codec decodes: a text,
 * number or boolean, compared with a route's value as text. Maps and lists are looked
 * through as they are; any other object, if the codec can, made a map for it, as the
 * codec would write it.
 */
public final class JsonRouteKey implements RouteKey {

	private static final ResolvableType MAP = ResolvableType.forClass(Map.class);

	private final String pointer;

	private final List<String> steps;

	private final Codec codec;

	/**
	 * Creates a key.
	 * @param pointer the pointer, such as {@code /type}
	 * @param codec the endpoint's codec
	 * @throws IllegalArgumentException when it does not start with a slash, or has a
	 * tilde that is not followed by 0 or 1
	 */
	public JsonRouteKey(String pointer, Codec codec) {
		if (!pointer.matches("(/([^~/]|~[01])*)+")) {
			throw new IllegalArgumentException("'" + pointer + "' is no JSON pointer such as /type");
		}
		this.pointer = pointer;
		this.steps = Stream.of(pointer.substring(1).split("/", -1))
			.map((step) -> step.replace("~1", "/").replace("~0", "~"))
			.toList();
		this.codec = codec;
	}

	@Override
	public @Nullable Object of(Object payload) {
		Object value = isTree(payload) ? payload : tree(payload);
		for (String step : this.steps) {
			value = child(value, step);
		}
		return (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) ? value.toString()
				: null;
	}

	private static boolean isTree(Object payload) {
		return payload instanceof Map<?, ?> || payload instanceof List<?>;
	}

	private @Nullable Object tree(Object payload) {
		try {
			return this.codec.convert(payload, MAP);
		}
		catch (Exception ex) {
			return null;
		}
	}

	private static @Nullable Object child(@Nullable Object value, String step) {
		if (value instanceof Map<?, ?> map) {
			return map.get(step);
		}
		if (value instanceof List<?> list && step.matches("0|[1-9][0-9]{0,8}")) {
			int index = Integer.parseInt(step);
			return (index < list.size()) ? list.get(index) : null;
		}
		return null;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof JsonRouteKey key && this.pointer.equals(key.pointer) && this.codec.equals(key.codec);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.pointer, this.codec);
	}

	@Override
	public String toString() {
		return "json:" + this.pointer;
	}

}
