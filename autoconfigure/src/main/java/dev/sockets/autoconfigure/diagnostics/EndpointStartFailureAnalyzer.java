package dev.sockets.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.sockets.EndpointStartException;
import dev.sockets.SocketErrorCode;
import dev.sockets.UnixSocketAddress;

/**
 * Says which endpoint could not listen, why, and which property to change.
 */
class EndpointStartFailureAnalyzer extends AbstractFailureAnalyzer<EndpointStartException> {

	private static final String IN_USE = "Set '%3$s' to a free port, or to 0 to have one picked, or end the program that uses port %2$d. "
			+ "To find it: ss -ltnp 'sport = :%2$d' (Linux), lsof -nP -iTCP:%2$d (macOS), netstat -ano (Windows).";

	private static final String ONE_IN_USE = "Leave port %2$d out of '%3$s', or end the program that uses it. "
			+ "To find it: ss -ltnp 'sport = :%2$d' (Linux), lsof -nP -iTCP:%2$d (macOS), netstat -ano (Windows).";

	private static final String OTHER = "Set '%1$s.host' to an address of this machine, or to 0.0.0.0 for all of them, "
			+ "and '%3$s' to a port that this user may bind: those below 1024 often need a privilege.";

	private static final String PATH_IN_USE = "Set '%3$s' to another path, or end the program that listens there. "
			+ "To find it: ss -lxp (Linux), lsof -U (macOS).";

	private static final String OTHER_PATH = "Set '%3$s' to a path in a directory that is there and that this user may write to, "
			+ "with nothing else of that name in it.";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EndpointStartException cause) {
		boolean inUse = cause.getCode() == SocketErrorCode.ADDRESS_IN_USE;
		String name = cause.getPath().substring(cause.getPath().lastIndexOf('.') + 1);
		if (cause.getAddress() instanceof UnixSocketAddress path) {
			return new FailureAnalysis(
					"The TCP server '%s' could not listen on %s: %s".formatted(name, path, reason(cause)),
					(inUse ? PATH_IN_USE : OTHER_PATH).formatted(cause.getPath(), 0, cause.getProperty()), cause);
		}
		String description = "The TCP server '%s' could not listen on %s:%d: %s".formatted(name,
				cause.getAddress().getHostString(), cause.getAddress().getPort(),
				inUse ? "the port is in use" : reason(cause));
		String used = cause.getProperty().endsWith(".ports") ? ONE_IN_USE : IN_USE;
		String action = (inUse ? used : OTHER).formatted(cause.getPath(), cause.getAddress().getPort(),
				cause.getProperty());
		return new FailureAnalysis(description, action, cause);
	}

	private static String reason(EndpointStartException cause) {
		Throwable reason = cause.getCause();
		if (cause.getAddress().isUnresolved()) {
			return "no address is known of a host of that name";
		}
		return (reason != null && reason.getMessage() != null) ? String.valueOf(reason.getMessage())
				: "the address could not be bound";
	}

}
