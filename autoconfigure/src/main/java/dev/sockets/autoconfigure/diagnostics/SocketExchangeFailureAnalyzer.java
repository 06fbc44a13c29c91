package dev.sockets.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.sockets.annotation.SocketExchangeException;

/**
 * Says which interface cannot be a client, and why.
 */
class SocketExchangeFailureAnalyzer extends AbstractFailureAnalyzer<SocketExchangeException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SocketExchangeException cause) {
		return new FailureAnalysis("%s cannot be a client: %s.".formatted(cause.getType(), cause.getReason()),
				"Change the interface or its @SocketExchange, or configure the TCP client that this names, below "
						+ "'sockets.tcp.client'.",
				cause);
	}

}
