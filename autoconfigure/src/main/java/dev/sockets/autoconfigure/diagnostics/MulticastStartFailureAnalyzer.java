package dev.sockets.autoconfigure.diagnostics;

import java.util.Arrays;
import java.util.Locale;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import dev.sockets.EndpointKind;
import dev.sockets.SocketErrorCode;
import dev.sockets.multicast.MulticastStartException;

/**
 * Says which receiver or sender could not start, why, and which property to change.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class MulticastStartFailureAnalyzer extends AbstractFailureAnalyzer<MulticastStartException> {

	private final SetValues values;

	private final SamePort samePort;

	MulticastStartFailureAnalyzer(Environment environment) {
		this.values = new SetValues(environment);
		this.samePort = new SamePort(environment, this.values);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MulticastStartException cause) {
		String path = cause.getPath();
		String name = path.substring(path.lastIndexOf('.') + 1);
		String kind = Arrays.stream(EndpointKind.values())
			.filter((candidate) -> path.equals(candidate.path(name)))
			.map(MulticastStartFailureAnalyzer::text)
			.findFirst()
			.orElse("endpoint");
		String description = "The %s '%s' could not start: %s.".formatted(kind, name, cause.getProblem())
				+ this.values.places(cause.getProperty());
		String action = "Set '%s' to %s.".formatted(cause.getProperty(), cause.getAdvice());
		if (cause.getCode() == SocketErrorCode.ADDRESS_IN_USE) {
			description += this.samePort.udp(cause.getAddress().getPort(), path)
				.map((other) -> " '%s' is the same one%s.".formatted(other.property(), other.place()))
				.orElse("");
			action += (" To find the program: ss -lunp 'sport = :%1$d' (Linux), lsof -nP -iUDP:%1$d (macOS), "
					+ "netstat -ano (Windows).")
				.formatted(cause.getAddress().getPort());
		}
		return new FailureAnalysis(description, action, cause);
	}

	private static String text(EndpointKind kind) {
		return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("udp", "UDP").replace("tcp", "TCP");
	}

}
