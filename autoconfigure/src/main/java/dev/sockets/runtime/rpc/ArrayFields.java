package dev.sockets.runtime.rpc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of messages of the {@link ArrayProtocol}. Those that are needed and
 * missing, or of the wrong type, throw an {@code IllegalArgumentException}.
 */
final class ArrayFields {

	private ArrayFields() {
	}

	static @Nullable Object field(List<?> fields, int index) {
		if (index >= fields.size()) {
			throw new IllegalArgumentException(
					"a message of kind " + fields.get(0) + " ends after " + fields.size() + " fields");
		}
		return fields.get(index);
	}

	static Object opcode(List<?> fields, int index) {
		Object opcode = field(fields, index);
		if (opcode instanceof String || opcode instanceof byte[]
				|| (opcode != null && Opcodes.number(opcode) != null)) {
			return opcode;
		}
		throw new IllegalArgumentException("an opcode is a whole number, a text or bytes");
	}

	static List<@Nullable Object> args(List<?> fields, int index) {
		if (index >= fields.size()) {
			return List.of();
		}
		if (fields.get(index) instanceof List<?> args) {
			return Collections.unmodifiableList(args);
		}
		throw new IllegalArgumentException("the arguments are no array");
	}

	static Map<String, @Nullable Object> kwargs(List<?> fields, int index) {
		if (index >= fields.size()) {
			return Map.of();
		}
		if (fields.get(index) instanceof Map<?, ?> kwargs) {
			Map<String, @Nullable Object> named = new LinkedHashMap<>();
			kwargs.forEach((name, value) -> named.put(String.valueOf(name), value));
			return Collections.unmodifiableMap(named);
		}
		throw new IllegalArgumentException("the named arguments are no map");
	}

	static String text(List<?> fields, int index) {
		return (index < fields.size() && fields.get(index) != null) ? String.valueOf(fields.get(index)) : "";
	}

	static List<StackTraceElement> frames(List<?> fields) {
		List<StackTraceElement> frames = new ArrayList<>();
		if (fields.size() > 4 && fields.get(4) instanceof List<?> all) {
			for (Object one : all) {
				if (one instanceof List<?> frame && frame.size() >= 3 && frame.get(1) instanceof Number line) {
					frames.add(Frames.of(text(frame, 0), line.intValue(), text(frame, 2)));
				}
			}
		}
		Collections.reverse(frames);
		return frames;
	}

}
