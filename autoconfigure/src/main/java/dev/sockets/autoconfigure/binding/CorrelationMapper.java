package dev.sockets.autoconfigure.binding;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

import dev.sockets.Correlation;
import dev.sockets.autoconfigure.properties.CorrelationProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.tcp.RequestMatching;

/**
 * Maps how requests find their answers.
 */
final class CorrelationMapper {

	private final NamedBeans beans;

	CorrelationMapper(NamedBeans beans) {
		this.beans = beans;
	}

	RequestMatching map(BoundEntry<? extends TcpConnectionProperties> entry) {
		TcpConnectionProperties properties = entry.properties();
		return new RequestMatching(correlation(entry), properties.getOnRequestTimeout(), properties.getRequestOrder());
	}

	private @Nullable Correlation correlation(BoundEntry<? extends TcpConnectionProperties> entry) {
		CorrelationProperties properties = entry.properties().getCorrelation();
		String bean = (properties.bean() != null) ? Blanks.without(properties.bean()) : null;
		entry.refuseEmpty("correlation.pattern", properties.getPattern(), "a regular expression that finds the key");
		boolean places = properties.getOffset() != null || properties.getSize() != null;
		int ways = (places ? 1 : 0) + ((properties.getPattern() != null) ? 1 : 0) + ((bean != null) ? 1 : 0);
		if (ways > 1) {
			throw entry.invalid("correlation", entry.own().apply("correlation"),
					"one of: the name of a Correlation bean, offset and size, pattern");
		}
		if (places) {
			return bytes(entry, properties);
		}
		if (properties.getPattern() != null) {
			return pattern(entry, properties.getPattern());
		}
		return (bean != null) ? bean(entry, bean) : null;
	}

	private static Correlation bytes(BoundEntry<? extends TcpConnectionProperties> entry,
			CorrelationProperties properties) {
		int offset = (properties.getOffset() != null) ? properties.getOffset() : 0;
		Integer size = properties.getSize();
		if (offset < 0) {
			throw entry.invalid("correlation.offset", offset, "0 or more");
		}
		if (size == null || size < 1) {
			throw entry.invalid("correlation.size", size, "at least 1, the bytes of the key in each frame");
		}
		return Correlation.bytes(offset, size);
	}

	private static Correlation pattern(BoundEntry<? extends TcpConnectionProperties> entry, String pattern) {
		String codec = ProfileValues.codec(entry);
		if (!codec.equals("text")) {
			throw entry.invalid("correlation.pattern", pattern,
					"left out: it looks into text, and the codec is '" + codec + "'; use a Correlation bean");
		}
		try {
			return Correlation.pattern(Pattern.compile(pattern));
		}
		catch (PatternSyntaxException ex) {
			throw entry.invalid("correlation.pattern", pattern,
					"a regular expression (" + ex.getDescription() + " at index " + ex.getIndex() + ")");
		}
	}

	private Correlation bean(BoundEntry<? extends TcpConnectionProperties> entry, String name) {
		return this.beans.find(name, Correlation.class)
			.map(Correlation.class::cast)
			.orElseThrow(() -> entry.invalid("correlation", name,
					"the name of a Correlation bean"
							+ (this.beans.names(Correlation.class).isEmpty() ? ", but there is none"
									: ": one of " + String.join(", ", this.beans.names(Correlation.class)))));
	}

}
