package dev.sockets.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which dependency is missing for other nodes to be reached.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class AbsentEngineFailureAnalyzer extends AbstractFailureAnalyzer<AbsentEngineException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, AbsentEngineException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Add the dependency 'org.springframework.boot:%s', or leave 'sockets.backplane.type' out for a node that is alone."
					.formatted(cause.getStarter()),
				cause);
	}

}
