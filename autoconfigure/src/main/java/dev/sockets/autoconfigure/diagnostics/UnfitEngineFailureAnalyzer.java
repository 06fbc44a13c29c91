package dev.sockets.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import dev.sockets.loop.UnfitEngineException;

/**
 * Says why the native engine does not work here, and what would have it work.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnfitEngineFailureAnalyzer extends AbstractFailureAnalyzer<UnfitEngineException> {

	private static final String PROPERTY = "sockets.engine";

	private final SetValues values;

	UnfitEngineFailureAnalyzer(Environment environment) {
		this.values = new SetValues(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnfitEngineException cause) {
		return new FailureAnalysis(
				"The native engine does not work here: %s.".formatted(cause.getMessage())
						+ this.values.places(PROPERTY),
				"%s; or set '%s' to 'nio', or to 'auto', which takes the native engine only where it works."
					.formatted(StringUtils.capitalize(cause.remedy()), PROPERTY),
				cause);
	}

}
