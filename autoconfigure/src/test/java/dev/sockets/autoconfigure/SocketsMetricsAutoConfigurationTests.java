package dev.sockets.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sockets.metrics.SocketMeters;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When there are meters.
 */
class SocketsMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SocketsMetricsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.echo.port=0");

	@Test
	void whenThereIsRegistryThenThereAreMeters() {
		this.contextRunner.withBean(SimpleMeterRegistry.class)
			.run((context) -> assertThat(context.getBean(MeterRegistry.class).get("sockets.messages.received").meters())
				.hasSize(1));
	}

	@Test
	void whenThereAreTwoRegistriesThenBothHaveMeters() {
		this.contextRunner.withBean("one", SimpleMeterRegistry.class)
			.withBean("two", SimpleMeterRegistry.class)
			.run((context) -> assertThat(context.getBeansOfType(SimpleMeterRegistry.class).values()).hasSize(2)
				.allSatisfy((registry) -> assertThat(registry.get("sockets.messages.received").meters()).hasSize(1)));
	}

	@Test
	void whenThereIsNoRegistryThenThereAreNoMeters() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class, MetricsAutoConfiguration.class,
					SocketsMetricsAutoConfiguration.class))
			.withPropertyValues("sockets.tcp.server.echo.port=0")
			.run((context) -> assertThat(context).doesNotHaveBean(SocketMeters.class).hasSingleBean(TcpServer.class));
	}

	@Test
	void whenThereIsNoMicrometerThenThereAreNoMeters() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SocketsAutoConfiguration.class, SocketsMetricsAutoConfiguration.class))
			.withPropertyValues("sockets.tcp.server.echo.port=0")
			.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SocketsMetricsAutoConfiguration.class)
				.hasSingleBean(TcpServer.class));
	}

	@Test
	void whenSocketsAreOffThenThereAreNoMeters() {
		this.contextRunner.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("sockets.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketMeters.class));
	}

	@Test
	void whenThereIsOwnBinderThenItReplacesOurs() {
		this.contextRunner.withBean(SimpleMeterRegistry.class)
			.withUserConfiguration(OwnMeters.class)
			.run((context) -> assertThat(context).hasSingleBean(SocketMeters.class).hasBean("ownMeters"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMeters {

		@Bean
		SocketMeters ownMeters(SocketEndpoints endpoints) {
			return new SocketMeters(endpoints);
		}

	}

}
