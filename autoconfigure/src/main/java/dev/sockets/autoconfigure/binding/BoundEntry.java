package dev.sockets.autoconfigure.binding;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

import dev.sockets.InvalidSettingException;

/**
 * An entry and its values.
 *
 * @param <P> type of the properties
 * @param name the entry's name
 * @param path what its keys start with
 * @param properties its values, over the defaults of its group
 * @param own the text of a key's value when the entry itself has it; {@code null} when it
 * is a default
 */
public record BoundEntry<P>(String name, String path, P properties, Function<String, @Nullable String> own) {

	int bytes(String key, DataSize size) {
		long bytes = size.toBytes();
		if (bytes <= 0 || bytes > Integer.MAX_VALUE) {
			throw invalid(key, size, "at least 1B and at most 2047MB");
		}
		return (int) bytes;
	}

	int bytesOrNone(String key, DataSize size) {
		if (size.toBytes() < 0 || size.toBytes() > Integer.MAX_VALUE) {
			throw invalid(key, size, "0 (off) or more, at most 2047MB");
		}
		return (int) size.toBytes();
	}

	/**
	 * Returns whether the entry itself has a value, not only the defaults.
	 */
	boolean has(String key) {
		return this.own.apply(key) != null;
	}

	/**
	 * Refuses a key that does nothing. What comes from the defaults is left alone: it may
	 * be of use to other entries.
	 */
	void refuse(String key, String reason) {
		String value = this.own.apply(key);
		if (value != null) {
			throw invalid(key, value, "left out: " + reason);
		}
	}

	public InvalidSettingException invalid(String key, @Nullable Object value, String allowed) {
		return new InvalidSettingException(this.path + "." + key, value, allowed);
	}

}
