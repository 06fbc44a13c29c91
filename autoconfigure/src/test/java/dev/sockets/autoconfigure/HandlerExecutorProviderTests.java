package dev.sockets.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sockets.HandlerExecutorProvider;
import dev.sockets.annotation.SocketListener;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How an application brings the threads of handlers.
 */
class HandlerExecutorProviderTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class, TaskExecutionAutoConfiguration.class))
		.withBean(ThreadTeller.class)
		.withPropertyValues("sockets.tcp.server.one.port=0", "sockets.tcp.server.two.port=0",
				"sockets.tcp.server-defaults.dispatch=thread");

	@Test
	void whenThereIsAProviderThenHandlersOfEachEndpointRunOnWhatItGivesAndBootHasItsOwn() {
		this.contextRunner.withUserConfiguration(ProviderConfiguration.class).run((context) -> {
			assertThat(context).hasBean("applicationTaskExecutor");
			assertThat(EchoConfiguration.ask(context.getBean("one", TcpServer.class), "?")).isEqualTo("mine-one");
			assertThat(EchoConfiguration.ask(context.getBean("two", TcpServer.class), "?")).isEqualTo("mine-two");
		});
	}

	@Test
	void whenTheNamedExecutorIsNoDefaultCandidateThenBootHasItsOwnAndNothingIsTold() {
		try (LogLines log = new LogLines(HandlerExecutors.class.getName())) {
			this.contextRunner.withUserConfiguration(NamedConfiguration.class).run((context) -> {
				assertThat(context).hasBean("applicationTaskExecutor");
				assertThat(EchoConfiguration.ask(context.getBean("one", TcpServer.class), "?")).isEqualTo("named");
			});
			assertThat(log.all()).isEmpty();
		}
	}

	@Test
	void whenTheNamedExecutorKeepsBootsAwayThenThatIsTold() {
		try (LogLines log = new LogLines(HandlerExecutors.class.getName())) {
			this.contextRunner.withUserConfiguration(DefaultConfiguration.class).run((context) -> {
				assertThat(context).doesNotHaveBean("applicationTaskExecutor");
				assertThat(EchoConfiguration.ask(context.getBean("one", TcpServer.class), "?")).isEqualTo("named");
			});
			assertThat(log.all()).singleElement()
				.asString()
				.startsWith("WARN The Executor bean 'socketsHandlerExecutor'")
				.contains("applicationTaskExecutor", "@Bean(defaultCandidate = false)", "HandlerExecutorProvider");
		}
	}

	static class ThreadTeller {

		@SocketListener({ "one", "two" })
		String tell(String line) {
			return Thread.currentThread().getName();
		}

	}

	private static Executor threads(String name) {
		return Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class ProviderConfiguration {

		@Bean
		HandlerExecutorProvider handlerThreads() {
			return (endpoint) -> threads("mine-" + endpoint);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NamedConfiguration {

		@Bean(defaultCandidate = false)
		Executor socketsHandlerExecutor() {
			return threads("named");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DefaultConfiguration {

		@Bean
		Executor socketsHandlerExecutor() {
			return threads("named");
		}

	}

}
