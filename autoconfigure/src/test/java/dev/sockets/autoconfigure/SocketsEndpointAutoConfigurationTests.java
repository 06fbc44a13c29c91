package dev.sockets.autoconfigure;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sockets.actuate.SocketsEndpoint;
import dev.sockets.actuate.SocketsEndpointWebExtension;
import dev.sockets.loop.LoopEngine;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * When there is the {@code sockets} endpoint, and what it shows of user data.
 */
class SocketsEndpointAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SocketsAutoConfiguration.class, SocketsEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=sockets",
				"management.endpoints.jmx.exposure.include=")
		.withInitializer(Yaml.of("""
				sockets.tcp.server.echo:
				  port: 0
				  user-data:
				    room: 7
				    login:
				      user: ann
				      password: secret
				"""));

	@Test
	void whenItIsExposedThenItIsThere() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(SocketsEndpoint.class)
			.hasSingleBean(SocketsEndpointWebExtension.class));
	}

	@Test
	void whenItIsExposedByJmxOnlyThenThereIsNoWebExtension() {
		this.contextRunner
			.withPropertyValues("management.endpoints.web.exposure.include=", "spring.jmx.enabled=true",
					"management.endpoints.jmx.exposure.include=sockets")
			.run((context) -> assertThat(context).hasSingleBean(SocketsEndpoint.class)
				.doesNotHaveBean(SocketsEndpointWebExtension.class));
	}

	@Test
	void whenItIsNotExposedThenItIsNotThere() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(SocketsEndpoint.class));
	}

	@Test
	void whenAccessIsNoneThenItIsNotThere() {
		this.contextRunner.withPropertyValues("management.endpoint.sockets.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(SocketsEndpoint.class));
	}

	@Test
	void whenActuatorIsAbsentThenServerStartsWithoutIt() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SocketsEndpointAutoConfiguration.class)
				.hasSingleBean(TcpServer.class));
	}

	@Test
	void whenSocketsAreOffThenItIsNotThere() {
		this.contextRunner.withPropertyValues("sockets.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketsEndpoint.class));
	}

	@Test
	void whenThereIsOwnEndpointThenItReplacesOurs() {
		this.contextRunner.withUserConfiguration(OwnEndpoint.class)
			.run((context) -> assertThat(context).hasBean("own").hasSingleBean(SocketsEndpoint.class));
	}

	@Test
	void whenNothingIsSaidThenNoUserDataAreShown() {
		this.contextRunner.run((context) -> {
			assertThat(userData(context)).contains(entry("room", SanitizableData.SANITIZED_VALUE));
			assertThat(userData(context).get("login")).isEqualTo(
					Map.of("user", SanitizableData.SANITIZED_VALUE, "password", SanitizableData.SANITIZED_VALUE));
		});
	}

	@Test
	void whenValuesAreShownThenSanitizingFunctionsMaskSecrets() {
		this.contextRunner.withPropertyValues("management.endpoint.sockets.show-values=always")
			.withBean(SanitizingFunction.class, () -> SanitizingFunction.sanitizeValue().ifLikelySensitive())
			.run((context) -> {
				assertThat(userData(context)).contains(entry("room", 7));
				assertThat(userData(context).get("login"))
					.isEqualTo(Map.of("user", "ann", "password", SanitizableData.SANITIZED_VALUE));
			});
	}

	@Test
	void whenFunctionKnowsPropertyPathThenItMasksByIt() {
		SanitizingFunction byPath = (data) -> data.getKey().equals("sockets.tcp.server.echo.user-data.login.user")
				? data.withSanitizedValue() : data;
		this.contextRunner.withPropertyValues("management.endpoint.sockets.show-values=always")
			.withBean(SanitizingFunction.class, () -> byPath)
			.run((context) -> assertThat(userData(context).get("login"))
				.isEqualTo(Map.of("user", SanitizableData.SANITIZED_VALUE, "password", "secret")));
	}

	@Test
	void whenUserDataAreListsThenElementsAreShown() {
		this.contextRunner
			.withPropertyValues("management.endpoint.sockets.show-values=always",
					"sockets.tcp.server.echo.user-data.floors[0]=1", "sockets.tcp.server.echo.user-data.floors[1]=2")
			.run((context) -> assertThat(userData(context).get("floors")).satisfiesAnyOf(
					(floors) -> assertThat(floors).isEqualTo(List.of("1", "2")),
					(floors) -> assertThat(floors).isEqualTo(Map.of("0", "1", "1", "2"))));
	}

	private static Map<String, Object> userData(ApplicationContext context) {
		return context.getBean(SocketsEndpoint.class).endpoints().endpoints().get("echo").userData();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEndpoint {

		@Bean
		SocketsEndpoint own(SocketEndpoints endpoints) {
			return new SocketsEndpoint(endpoints, LoopEngine.nio(), List.of(), Show.ALWAYS, null);
		}

	}

}
