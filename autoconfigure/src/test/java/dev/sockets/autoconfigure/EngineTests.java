package dev.sockets.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.actuate.EngineDescriptor;
import dev.sockets.actuate.SocketsEndpoint;
import dev.sockets.autoconfigure.properties.EngineType;
import dev.sockets.autoconfigure.properties.SocketsProperties;
import dev.sockets.loop.LoopEngine;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which engine an application gets by {@code sockets.engine}, and where that is seen.
 */
class EngineTests {

	private final LogLines lines = new LogLines("dev.sockets");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class, MetricsAutoConfiguration.class,
				SocketsMetricsAutoConfiguration.class, SocketsEndpointAutoConfiguration.class))
		.withUserConfiguration(EchoConfiguration.class)
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues("management.endpoints.web.exposure.include=sockets", "sockets.tcp.server.echo.port=0");

	@AfterEach
	void forget() {
		this.lines.close();
	}

	@Test
	void whenNothingIsSetThenItIsNio() {
		assertThat(new SocketsProperties().getEngine()).isEqualTo(EngineType.NIO);
	}

	@Test
	void whenItIsNioThenTheLogSaysNothingAndActuatorAndAMeterDo() {
		this.contextRunner.withPropertyValues("sockets.engine=nio").run((context) -> {
			assertThat(this.lines.all()).noneMatch((line) -> line.contains("Engine"));
			assertThat(seen(context)).isEqualTo(new EngineDescriptor("nio", "nio", null));
			assertThat(meter(context, "nio")).isEqualTo(1);
		});
	}

	@Test
	void whenItIsAutoThenTheFirstLineSaysWhichAndWhy() {
		LoopEngine expected = LoopEngine.automatic();
		this.contextRunner.withPropertyValues("sockets.engine=auto").run((context) -> {
			assertThat(this.lines.all().get(0)).isEqualTo("INFO Engine: " + expected.description());
			EngineDescriptor seen = seen(context);
			assertThat(seen.name()).isEqualTo(expected.name());
			assertThat(seen.notNative() == null).isEqualTo(expected.name().equals("native"));
			assertThat(meter(context, expected.name())).isEqualTo(1);
			assertThat(EchoConfiguration.ask(context.getBean(TcpServer.class), "hi")).isEqualTo("echo hi");
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_22)
	void whenItIsNativeThenSocketsAreAndAllIsSeen() {
		Assumptions.assumeTrue(LoopEngine.automatic().unfit() == null, "the native engine does not work here");
		this.contextRunner.withPropertyValues("sockets.engine=native").run((context) -> {
			assertThat(EchoConfiguration.ask(context.getBean(TcpServer.class), "hi")).isEqualTo("echo hi");
			assertThat(this.lines.all().get(0)).startsWith("INFO Engine: native (epoll");
			assertThat(seen(context).name()).isEqualTo("native");
			assertThat(meter(context, "native")).isEqualTo(1);
		});
	}

	private static EngineDescriptor seen(AssertableApplicationContext context) {
		return context.getBean(SocketsEndpoint.class).endpoints().engine();
	}

	private static double meter(AssertableApplicationContext context, String engine) {
		return context.getBean(MeterRegistry.class).get("sockets.engine").tag("engine", engine).gauge().value();
	}

}
