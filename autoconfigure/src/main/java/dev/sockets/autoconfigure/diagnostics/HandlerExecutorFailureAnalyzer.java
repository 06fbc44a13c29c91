package dev.sockets.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which bean has given an endpoint no threads for its handlers.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class HandlerExecutorFailureAnalyzer extends AbstractFailureAnalyzer<HandlerExecutorException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, HandlerExecutorException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", cause.getAction(), cause);
	}

}
