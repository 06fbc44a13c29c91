package dev.sockets.autoconfigure.binding;

import java.util.Arrays;
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
 * @param common the same of the defaults of its group
 */
public record BoundEntry<P>(String name, String path, P properties, Function<String, @Nullable String> own,
		Function<String, @Nullable String> common) {

	/** What can be done with a key instead of giving it another value. */
	static final String OR_LEFT_OUT = ", or left out";

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
	 * Returns whether somebody has written a value to go with others: in the entry
	 * itself, or in the defaults, unless the entry has one of the others. Those of the
	 * defaults may be of use to other entries then.
	 * @param key the key of the value
	 * @param others the keys of the others
	 */
	boolean isMeant(String key, String... others) {
		return has(key) || (this.common.apply(key) != null && Arrays.stream(others).noneMatch(this::has));
	}

	/**
	 * Refuses a text that says nothing.
	 */
	void refuseEmpty(String key, @Nullable String text, String allowed) {
		if (text != null && text.isEmpty()) {
			throw invalid(key, text, allowed);
		}
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

	/**
	 * Returns what says that a value cannot work.
	 * @param key the key of the value
	 * @param value the value; when it says nothing, the key can also be left out
	 * @param allowed what is allowed, as the end of a sentence
	 */
	public InvalidSettingException invalid(String key, @Nullable Object value, String allowed) {
		boolean empty = value instanceof CharSequence text && text.isEmpty() && !allowed.contains("left out");
		return invalid(key, value, empty ? allowed + OR_LEFT_OUT : allowed, null);
	}

	InvalidSettingException invalid(String key, @Nullable Object value, String allowed,
			@Nullable InvalidSettingException other) {
		return new InvalidSettingException(this.path + "." + key, value, allowed, other);
	}

}
