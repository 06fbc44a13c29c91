package dev.sockets.codec.pickle;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.codec.PickledObject;
import dev.sockets.codec.PickledObject.Kind;
import dev.sockets.codec.Tuple;

/**
 * Types of data that a pickle makes by calling a function of Python, as it has no opcode
 * for them, or not in its protocol. These are the only names that mean something here.
 */
final class DataTypes {

	private DataTypes() {
	}

	/**
	 * Returns the data that an object stands for.
	 * @param object the object
	 * @return the data; the object itself when it stands for none
	 */
	static Object valueOf(PickledObject object) {
		Object value = (object.kind() == Kind.CALL && object.state() == null && object.items().isEmpty())
				? valueOf(object, object.args()) : null;
		return (value != null) ? value : object;
	}

	private static @Nullable Object valueOf(PickledObject object, Tuple args) {
		if (object.type().equals("collections.OrderedDict")) {
			return args.isEmpty() ? new LinkedHashMap<>(object.entries()) : null;
		}
		if (!object.entries().isEmpty()) {
			return null;
		}
		return switch (object.type()) {
			case "builtins.set" -> set(args);
			case "builtins.frozenset" -> frozenSet(args);
			case "builtins.bytes" -> args.isEmpty() ? new byte[0] : null;
			case "builtins.bytearray", "_codecs.encode" -> bytes(args);
			default -> null;
		};
	}

	private static @Nullable Set<@Nullable Object> set(Tuple args) {
		if (args.isEmpty()) {
			return Keys.set(args.toArray());
		}
		return (args.size() == 1 && args.get(0) instanceof List<?> elements) ? Keys.set(elements.toArray()) : null;
	}

	private static @Nullable Set<@Nullable Object> frozenSet(Tuple args) {
		Set<@Nullable Object> set = set(args);
		return (set != null) ? Collections.unmodifiableSet(set) : null;
	}

	private static byte @Nullable [] bytes(Tuple args) {
		if (args.isEmpty()) {
			return new byte[0];
		}
		if (args.size() == 1 && args.get(0) instanceof byte[] bytes) {
			return bytes;
		}
		if (args.size() == 2 && args.get(0) instanceof String text && args.get(1) instanceof String charset
				&& charset.replace("-", "").equals("latin1")
				&& text.chars().allMatch((character) -> character <= 0xff)) {
			return text.getBytes(StandardCharsets.ISO_8859_1);
		}
		return null;
	}

}
