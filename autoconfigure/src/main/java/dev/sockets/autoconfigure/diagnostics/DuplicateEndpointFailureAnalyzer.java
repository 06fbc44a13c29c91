package dev.sockets.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

import dev.sockets.autoconfigure.binding.DuplicateEndpointException;

/**
 * Says which entries have the same name.
 */
class DuplicateEndpointFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateEndpointException> {

	private final SetValues values;

	DuplicateEndpointFailureAnalyzer(Environment environment) {
		this.values = new SetValues(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateEndpointException cause) {
		return new FailureAnalysis(
				cause.getMessage() + ", but each is a bean of its name."
						+ this.values.places(cause.getFirst(), cause.getSecond()),
				("Rename '%s' or '%s'. Names that differ only by dashes, underscores and capitals "
						+ "are the same to Spring Boot.")
					.formatted(cause.getFirst(), cause.getSecond()),
				cause);
	}

}
