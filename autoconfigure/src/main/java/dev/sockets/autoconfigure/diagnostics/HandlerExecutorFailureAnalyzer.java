package dev.sockets.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which bean has given an endpoint no threads for its handlers.
 */
class HandlerExecutorFailureAnalyzer extends AbstractFailureAnalyzer<HandlerExecutorException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, HandlerExecutorException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Have the bean '%s' return an Executor for each TCP endpoint that it is asked for, so for '%s' too. Several may have the same."
					.formatted(cause.getBean(), cause.getEndpoint()),
				cause);
	}

}
