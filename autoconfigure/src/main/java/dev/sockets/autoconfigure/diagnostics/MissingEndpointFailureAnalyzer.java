package dev.sockets.autoconfigure.diagnostics;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import dev.sockets.EndpointKind;
import dev.sockets.MessagePeer;
import dev.sockets.NearestName;
import dev.sockets.annotation.SocketExchange;
import dev.sockets.annotation.SocketExchangeFactoryBean;
import dev.sockets.tcp.Connection;

/**
 * Says which endpoint is to be injected that is not there, and which are; and what makes
 * beans of interfaces. Leaves every other bean that is missing to Spring Boot.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class MissingEndpointFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final String SWITCH = "sockets.enabled";

	private final ListableBeanFactory beanFactory;

	private final Environment environment;

	MissingEndpointFailureAnalyzer(BeanFactory beanFactory, Environment environment) {
		this.beanFactory = (ListableBeanFactory) beanFactory;
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		ResolvableType type = cause.getResolvableType();
		if (type == null || cause.getNumberOfBeansFound() > 0) {
			return null;
		}
		String user = (description != null) ? description : "A component";
		Class<?> wanted = type.toClass();
		if (AnnotatedElementUtils.hasAnnotation(wanted, SocketExchange.class)) {
			return exchange(user, wanted, cause);
		}
		if (wanted == Connection.class || wanted == MessagePeer.class) {
			return connection(user, wanted, cause);
		}
		if (EndpointTypes.kind(wanted).isPresent()
				&& "false".equalsIgnoreCase(this.environment.getProperty(SWITCH, "").strip())) {
			return switchedOff(user, wanted, cause);
		}
		return EndpointTypes.kind(wanted)
			.map((kind) -> endpoint(user, wanted, kind, qualifier(rootFailure), cause))
			.orElse(null);
	}

	private FailureAnalysis endpoint(String user, Class<?> type, EndpointKind kind, Optional<String> qualifier,
			NoSuchBeanDefinitionException cause) {
		List<String> names = Arrays.stream(this.beanFactory.getBeanNamesForType(type, true, false)).sorted().toList();
		String simple = type.getSimpleName();
		String others = names.isEmpty() ? "there is no %s at all".formatted(simple)
				: "there is " + String.join(", ", names);
		Optional<String> taken = qualifier.flatMap((name) -> other(name, simple));
		String called = qualifier.map(" called '%s'"::formatted).orElse("");
		String meant = qualifier.flatMap((name) -> NearestName.of(name, names))
			.map("; did you mean '%s'?"::formatted)
			.orElse(".");
		String path = kind.path(taken.isPresent() ? "<name>" : qualifier.orElse("<name>"));
		return new FailureAnalysis(
				"%s needs a %s%s, but %s%s".formatted(user, simple, called, taken.orElse(others), meant),
				names.isEmpty() ? "Configure one as '%s'.".formatted(path)
						: "Name one of %s by @Qualifier, or configure '%s'.".formatted(String.join(", ", names), path),
				cause);
	}

	private FailureAnalysis switchedOff(String user, Class<?> type, NoSuchBeanDefinitionException cause) {
		return new FailureAnalysis(
				"%s needs a %s, but '%s' is false, so there are no endpoints.%s".formatted(user, type.getSimpleName(),
						SWITCH, new SetValues(this.environment).places(SWITCH)),
				"Set '%s' to true or leave it out, or do without the endpoint by an ObjectProvider<%s>."
					.formatted(SWITCH, type.getSimpleName()),
				cause);
	}

	private static FailureAnalysis connection(String user, Class<?> type, NoSuchBeanDefinitionException cause) {
		return new FailureAnalysis(
				"%s needs a %s, which is no bean: each peer has its own.".formatted(user, type.getSimpleName()),
				"Take it as a parameter of a @SocketListener method or from an event, or inject a TcpServer, which has getConnections(), or a TcpClient, which has getConnection().",
				cause);
	}

	/** Returns what the bean of a name is that is of another type. */
	private Optional<String> other(String name, String wanted) {
		Class<?> type = this.beanFactory.containsBean(name) ? this.beanFactory.getType(name) : null;
		return Optional.ofNullable(type)
			.map((found) -> "that is a %s, no %s"
				.formatted(EndpointTypes.of(found).map(Class::getSimpleName).orElse(found.getName()), wanted));
	}

	private FailureAnalysis exchange(String user, Class<?> type, NoSuchBeanDefinitionException cause) {
		boolean enabled = this.beanFactory.getBeanNamesForType(SocketExchangeFactoryBean.class, true, false).length > 0;
		return new FailureAnalysis(
				"%s needs a %s, which is a @SocketExchange interface, but %s.".formatted(user, type.getName(),
						enabled ? "@EnableSocketExchanges looks into other packages"
								: "nothing makes beans of those: there is no @EnableSocketExchanges that finds any"),
				"Add @EnableSocketExchanges(clients = %s.class) to a class with @Configuration or @SpringBootApplication, or without 'clients' to one in the package '%s' or above."
					.formatted(type.getSimpleName(), type.getPackageName()),
				cause);
	}

	/** Returns the name that is asked for where the bean is missing. */
	private static Optional<String> qualifier(Throwable failure) {
		return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
			.filter(UnsatisfiedDependencyException.class::isInstance)
			.map((unsatisfied) -> ((UnsatisfiedDependencyException) unsatisfied).getInjectionPoint())
			.filter(Objects::nonNull)
			.reduce((outer, inner) -> inner)
			.flatMap(MissingEndpointFailureAnalyzer::qualifier);
	}

	private static Optional<String> qualifier(InjectionPoint point) {
		return Optional.ofNullable(point.getAnnotation(Qualifier.class))
			.map(Qualifier::value)
			.filter((value) -> !value.isEmpty());
	}

}
