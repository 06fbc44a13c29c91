package dev.sockets.codec.pickle;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.codec.Tuple;

/**
 * Makes maps and sets. Keys are what Python takes for keys, and small and spread enough
 * to hash and compare them, whatever the peer. Bytes in them become read-only
 * {@code ByteBuffer}s, as arrays are not equal by what they contain.
 */
final class Keys {

	private static final int MAX_ALIKE = 256;

	private Keys() {
	}

	/**
	 * Returns a map.
	 * @param keysAndValues the keys and values in turn; changed
	 */
	static Map<@Nullable Object, @Nullable Object> map(@Nullable Object[] keysAndValues) {
		makeKeys(keysAndValues, 2);
		Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>(capacity(keysAndValues.length / 2));
		for (int i = 0; i < keysAndValues.length; i += 2) {
			map.put(keysAndValues[i], keysAndValues[i + 1]);
		}
		return map;
	}

	/**
	 * Returns a set.
	 * @param elements the elements; changed
	 */
	static Set<@Nullable Object> set(@Nullable Object[] elements) {
		makeKeys(elements, 1);
		Set<@Nullable Object> set = new LinkedHashSet<>(capacity(elements.length));
		Collections.addAll(set, elements);
		return set;
	}

	private static void makeKeys(@Nullable Object[] values, int step) {
		for (int i = 0; i < values.length; i += step) {
			values[i] = key(values[i]);
		}
		if (values.length / step > MAX_ALIKE) {
			checkSpread(values, step);
		}
	}

	private static int capacity(int size) {
		return Math.max(4, size + size / 3 + 1);
	}

	private static @Nullable Object key(@Nullable Object value) {
		if (value instanceof byte[] bytes) {
			return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
		}
		if (value instanceof Tuple tuple) {
			@Nullable Object[] elements = tuple.toArray();
			boolean changed = false;
			for (int i = 0; i < elements.length; i++) {
				elements[i] = key(elements[i]);
				changed |= elements[i] != tuple.get(i);
			}
			return changed ? Tuple.of(elements) : tuple;
		}
		if (value instanceof List || value instanceof Map) {
			throw PickleFault.received("a key that may change, a list or dict");
		}
		return value;
	}

	/**
	 * Refuses keys that many others have the hash code of: a map compares them all.
	 */
	private static void checkSpread(@Nullable Object[] values, int step) {
		int[] hashes = new int[values.length / step];
		Arrays.setAll(hashes, (i) -> Objects.hashCode(values[i * step]));
		Arrays.sort(hashes);
		for (int i = MAX_ALIKE; i < hashes.length; i++) {
			if (hashes[i] == hashes[i - MAX_ALIKE]) {
				throw PickleFault.received("more than " + MAX_ALIKE + " keys of one hash code in a dict or set");
			}
		}
	}

}
