package dev.sockets.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which bean has given an endpoint no threads for its handlers.
 */
class HandlerExecutorFailureAnalyzer extends AbstractFailureAnalyzer<HandlerExecutorException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, HandlerExecutorException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", cause.getAction(), cause);
	}

}
