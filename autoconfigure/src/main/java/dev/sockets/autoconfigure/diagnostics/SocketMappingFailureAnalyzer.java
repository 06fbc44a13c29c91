package dev.sockets.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.sockets.annotation.SocketMappingException;

/**
 * Says which method cannot be called, and why.
 */
class SocketMappingFailureAnalyzer extends AbstractFailureAnalyzer<SocketMappingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SocketMappingException cause) {
		return new FailureAnalysis("%s cannot be called: %s.".formatted(cause.getMethod(), cause.getReason()),
				"Change the method, or its @SocketMapping, or the endpoint that this names.", cause);
	}

}
