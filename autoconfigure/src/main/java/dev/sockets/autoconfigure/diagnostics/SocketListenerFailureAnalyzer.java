package dev.sockets.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.sockets.annotation.SocketListenerException;

/**
 * Says which method cannot be called for messages, and why.
 */
class SocketListenerFailureAnalyzer extends AbstractFailureAnalyzer<SocketListenerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SocketListenerException cause) {
		return new FailureAnalysis(
				"%s cannot be called for messages: %s.".formatted(cause.getMethod(), cause.getReason()),
				"Change the method, or the endpoint that its @SocketListener names. For an endpoint that is made while "
						+ "the application runs, say @SocketListener(value = ..., optional = true).",
				cause);
	}

}
