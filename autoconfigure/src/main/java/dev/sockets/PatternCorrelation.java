package dev.sockets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Keys that a pattern finds in texts.
 *
 * @param pattern looked for anywhere in a text
 */
record PatternCorrelation(Pattern pattern) implements Correlation {

	@Override
	public @Nullable Object keyOfRequest(Object payload) {
		return key(payload);
	}

	@Override
	public @Nullable Object keyOfAnswer(Object payload) {
		return key(payload);
	}

	private @Nullable String key(Object payload) {
		if (!(payload instanceof CharSequence text)) {
			return null;
		}
		Matcher matcher = this.pattern.matcher(text);
		if (!matcher.find()) {
			return null;
		}
		return (matcher.groupCount() > 0) ? matcher.group(1) : matcher.group();
	}

}
