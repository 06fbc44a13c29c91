package dev.sockets.tcp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;

/**
 * Refuses values that are to be positive and are not.
 */
final class PositiveSetting {

	private PositiveSetting() {
	}

	static void require(String property, int bytes) {
		if (bytes <= 0) {
			throw new InvalidSettingException(property, bytes, "at least 1B and at most 2047MB");
		}
	}

	static void require(String property, @Nullable Duration value) {
		if (value != null && (value.isNegative() || value.isZero())) {
			throw new InvalidSettingException(property, value, "a positive duration");
		}
	}

}
