package dev.sockets.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which entries have the same name.
 */
class DuplicateEndpointFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateEndpointException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateEndpointException cause) {
		return new FailureAnalysis(
				"'%s' and '%s' have the same name, but each needs a bean of its own name. Dashes and capitals make no difference within a group."
					.formatted(cause.getFirst(), cause.getSecond()),
				"Rename '%s' or '%s'.".formatted(cause.getFirst(), cause.getSecond()), cause);
	}

}
