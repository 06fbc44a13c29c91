package dev.sockets.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map or list that knows the bytes which it was decoded from. Otherwise it is the one
 * that Jackson makes: of the same elements, and as open to changes.
 */
interface KeptBytes {

	/**
	 * Returns the bytes.
	 */
	byte[] bytes();

	/**
	 * Returns a value with its bytes.
	 * @param value what was decoded
	 * @param buffer holds the bytes
	 * @param offset the first of them
	 * @param length how many there are
	 * @return the value itself when it is neither a map nor a list
	 */
	static Object with(Object value, byte[] buffer, int offset, int length) {
		if (value.getClass() == LinkedHashMap.class) {
			return new OfMap((Map<?, ?>) value, Arrays.copyOfRange(buffer, offset, offset + length));
		}
		if (value.getClass() == ArrayList.class) {
			return new OfList((Collection<?>) value, Arrays.copyOfRange(buffer, offset, offset + length));
		}
		return value;
	}

	/** A map. */
	final class OfMap extends LinkedHashMap<String, Object> implements KeptBytes {

		private static final long serialVersionUID = 1L;

		private final byte[] bytes;

		OfMap(Map<?, ?> map, byte[] bytes) {
			super(2 * map.size());
			map.forEach((key, value) -> put((String) key, value));
			this.bytes = bytes;
		}

		@Override
		public byte[] bytes() {
			return this.bytes;
		}

	}

	/** A list. */
	final class OfList extends ArrayList<Object> implements KeptBytes {

		private static final long serialVersionUID = 1L;

		private final byte[] bytes;

		OfList(Collection<?> list, byte[] bytes) {
			super(list);
			this.bytes = bytes;
		}

		@Override
		public byte[] bytes() {
			return this.bytes;
		}

	}

}
