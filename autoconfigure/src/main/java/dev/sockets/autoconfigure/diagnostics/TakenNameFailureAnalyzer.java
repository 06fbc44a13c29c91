package dev.sockets.autoconfigure.diagnostics;

import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import dev.sockets.EndpointKind;
import dev.sockets.autoconfigure.binding.TakenNameException;

/**
 * Says which entry has the name of another bean, and of which, whichever of them was
 * there first.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class TakenNameFailureAnalyzer extends AbstractFailureAnalyzer<RuntimeException> {

	private final SetValues values;

	TakenNameFailureAnalyzer(Environment environment) {
		this.values = new SetValues(environment);
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RuntimeException cause) {
		return taken(rootFailure)
			.map((taken) -> new FailureAnalysis(taken.getMessage() + "." + this.values.places(taken.getPath()),
					("Rename '%s', also where annotations or code name it" + (taken.isReserved() ? "."
							: ", or the other bean, " + "also where a framing, codec or the like names it."))
						.formatted(taken.getPath()),
					taken))
			.orElse(null);
	}

	private Optional<TakenNameException> taken(Throwable failure) {
		TakenNameException taken = findCause(failure, TakenNameException.class);
		if (taken != null) {
			return Optional.of(taken);
		}
		return Optional.ofNullable(findCause(failure, BeanDefinitionOverrideException.class))
			.flatMap(TakenNameFailureAnalyzer::taken);
	}

	private static Optional<TakenNameException> taken(BeanDefinitionOverrideException failure) {
		String name = failure.getBeanName();
		return path(name, failure.getExistingDefinition())
			.map((path) -> TakenNameException.of(path, name, failure.getBeanDefinition()));
	}

	private static Optional<String> path(String name, BeanDefinition definition) {
		return Arrays.stream(EndpointKind.values())
			.map((kind) -> kind.path(name))
			.filter((path) -> path.equals(definition.getDescription()))
			.findFirst();
	}

}
