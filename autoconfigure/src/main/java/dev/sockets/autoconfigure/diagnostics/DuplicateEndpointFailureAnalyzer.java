package dev.sockets.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.sockets.autoconfigure.binding.DuplicateEndpointException;

/**
 * Says which entries have the same name.
 */
class DuplicateEndpointFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateEndpointException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateEndpointException cause) {
		return new FailureAnalysis(cause.getMessage() + ", but each is a bean of its name.",
				("Rename '%s' or '%s'. Names that differ only by dashes, underscores and capitals "
						+ "are the same to Spring Boot.")
					.formatted(cause.getFirst(), cause.getSecond()),
				cause);
	}

}
