package dev.sockets.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.PlaceholderResolutionException;

import dev.sockets.annotation.SocketListenerException;

/**
 * Says which method cannot be called for messages, and why.
 */
class SocketListenerFailureAnalyzer extends AbstractFailureAnalyzer<SocketListenerException> {

	private static final String NO_ENDPOINT = "there is no TCP server or client or receiver";

	private static final String OPTIONAL = " For an endpoint that is made while the application runs, say "
			+ "@SocketListener(value = ..., optional = true).";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SocketListenerException cause) {
		return new FailureAnalysis(
				"%s cannot be called for messages: %s.".formatted(cause.getMethod(), cause.getReason()), action(cause),
				cause);
	}

	private static String action(SocketListenerException failure) {
		if (failure.getCause() instanceof PlaceholderResolutionException missing) {
			return "Set the property '%1$s', or write ${%1$s:...} with what to take otherwise."
				.formatted(missing.getPlaceholder());
		}
		return "Change the method, or the endpoint that its @SocketListener names."
				+ (failure.getReason().startsWith(NO_ENDPOINT) ? OPTIONAL : "");
	}

}
