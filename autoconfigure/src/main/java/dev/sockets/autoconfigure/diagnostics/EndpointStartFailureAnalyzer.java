package dev.sockets.autoconfigure.diagnostics;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

import dev.sockets.EndpointStartException;
import dev.sockets.SocketErrorCode;
import dev.sockets.UnixSocketAddress;
import dev.sockets.autoconfigure.diagnostics.SetValues.Value;

/**
 * Says which endpoint could not listen, why, and which property to change.
 */
class EndpointStartFailureAnalyzer extends AbstractFailureAnalyzer<EndpointStartException> {

	private static final String IN_USE = "Set '%3$s' to a free port, or to 0 to have one picked, or end the program that uses port %2$d. "
			+ "To find it: ss -ltnp 'sport = :%2$d' (Linux), lsof -nP -iTCP:%2$d (macOS), netstat -ano (Windows).";

	private static final String ONE_IN_USE = "Leave port %2$d out of '%3$s', or end the program that uses it. "
			+ "To find it: ss -ltnp 'sport = :%2$d' (Linux), lsof -nP -iTCP:%2$d (macOS), netstat -ano (Windows).";

	private static final String SAME = "Set '%3$s' to another port than '%4$s' has, or to 0 to have a free one picked.";

	private static final String HOST = "Set '%1$s.host' to an address of this machine, or to 0.0.0.0 for all of them.";

	private static final String PORT = "Set '%3$s' to a port that this user may bind: those below 1024 often need a privilege.";

	private static final String OTHER = "Set '%1$s.host' to an address of this machine, or to 0.0.0.0 for all of them, "
			+ "and '%3$s' to a port that this user may bind: those below 1024 often need a privilege.";

	private static final String PATH_IN_USE = "Set '%3$s' to another path, or end the program that listens there. "
			+ "To find it: ss -lxp (Linux), lsof -U (macOS).";

	private static final String SAME_PATH = "Set '%3$s' to another path than '%4$s' has.";

	private static final String OTHER_PATH = "Set '%3$s' to a path in a directory that is there and that this user may write to, "
			+ "with nothing else of that name in it.";

	private static final int FIRST_FOR_ALL = 1024;

	private final SetValues values;

	private final SamePort samePort;

	EndpointStartFailureAnalyzer(Environment environment) {
		this.values = new SetValues(environment);
		this.samePort = new SamePort(environment, this.values);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EndpointStartException cause) {
		boolean inUse = cause.getCode() == SocketErrorCode.ADDRESS_IN_USE;
		String name = cause.getPath().substring(cause.getPath().lastIndexOf('.') + 1);
		if (cause.getAddress() instanceof UnixSocketAddress path) {
			return analyze(cause, path, name, inUse);
		}
		int port = cause.getAddress().getPort();
		Optional<Value> same = inUse ? this.samePort.tcp(port, cause.getPath()) : Optional.empty();
		String action = inUse ? inUse(cause, same.isPresent()) : other(cause);
		String description = "The TCP server '%s' could not listen on %s:%d: %s.".formatted(name,
				cause.getAddress().getHostString(), port, inUse ? "the port is in use" : reason(cause));
		return new FailureAnalysis(
				description + this.values.places(changed(cause, action))
						+ same.map(EndpointStartFailureAnalyzer::too).orElse(""),
				action.formatted(cause.getPath(), port, cause.getProperty(), same.map(Value::property).orElse("")),
				cause);
	}

	private FailureAnalysis analyze(EndpointStartException cause, UnixSocketAddress path, String name, boolean inUse) {
		Optional<Value> same = inUse ? this.samePort.unix(path.getPath(), cause.getPath()) : Optional.empty();
		String other = inUse ? PATH_IN_USE : OTHER_PATH;
		String action = same.isPresent() ? SAME_PATH : other;
		return new FailureAnalysis(
				"The TCP server '%s' could not listen on %s: %s.".formatted(name, path, reason(cause))
						+ this.values.places(cause.getProperty())
						+ same.map(EndpointStartFailureAnalyzer::too).orElse(""),
				action.formatted(cause.getPath(), 0, cause.getProperty(), same.map(Value::property).orElse("")), cause);
	}

	private static String too(Value other) {
		return " '%s' is the same one%s.".formatted(other.property(), other.place());
	}

	private static String inUse(EndpointStartException cause, boolean same) {
		if (same) {
			return SAME;
		}
		return cause.getProperty().endsWith(".ports") ? ONE_IN_USE : IN_USE;
	}

	private static String other(EndpointStartException cause) {
		int port = cause.getAddress().getPort();
		if (cause.getAddress().isUnresolved() || port == 0 || port >= FIRST_FOR_ALL) {
			return HOST;
		}
		return (cause.getCause() instanceof SocketException reason
				&& String.valueOf(reason.getMessage()).startsWith("Permission")) ? PORT : OTHER;
	}

	private static String[] changed(EndpointStartException cause, String action) {
		return Stream.of(cause.getPath() + ".host", cause.getProperty())
			.filter((property) -> action.contains(property.endsWith(".host") ? "%1$s" : "%3$s"))
			.toArray(String[]::new);
	}

	private static String ofInterface(String name) {
		try {
			NetworkInterface found = NetworkInterface.getByName(name);
			return (found != null)
					? "; it is a network interface, whose addresses are "
							+ found.inetAddresses().map(InetAddress::getHostAddress).collect(Collectors.joining(", "))
					: "";
		}
		catch (SocketException ex) {
			return "";
		}
	}

	private static String reason(EndpointStartException cause) {
		Throwable reason = cause.getCause();
		if (cause.getAddress().isUnresolved()) {
			return "no address is known of a host of that name" + ofInterface(cause.getAddress().getHostString());
		}
		return (reason != null && reason.getMessage() != null) ? String.valueOf(reason.getMessage())
				: "the address could not be bound";
	}

}
