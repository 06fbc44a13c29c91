package dev.sockets.autoconfigure;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sockets.HandlerExecutorProvider;
import dev.sockets.annotation.SocketListener;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

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

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			NullConfiguration     | getExecutor has returned null.
			ThrowingConfiguration | getExecutor has thrown java.lang.IllegalStateException: no pool for two.
			""")
	@ExtendWith(OutputCaptureExtension.class)
	void whenAProviderGivesNothingThenTheFailureNamesItAndTheEndpoint(String configuration, String problem,
			CapturedOutput output) throws ClassNotFoundException {
		Class<?> type = Class.forName(getClass().getName() + "$" + configuration);
		SpringApplication application = new SpringApplication(SocketsAutoConfiguration.class, type);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run("--sockets.tcp.server.one.port=0",
				"--sockets.tcp.server.two.port=0", "--spring.main.banner-mode=off"));
		assertThat(output)
			.contains("The HandlerExecutorProvider bean 'handlerThreads' gives no Executor for the endpoint 'two': "
					+ problem)
			.contains("Have the bean 'handlerThreads' return an Executor for each TCP endpoint")
			.doesNotContain("\tat ");
	}

	@ExtendWith(OutputCaptureExtension.class)
	@Test
	void whenThereAreTwoProvidersThenTheFailureNamesBothAndSaysWhatToDo(CapturedOutput output) {
		SpringApplication application = new SpringApplication(SocketsAutoConfiguration.class, TwoConfiguration.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException()
			.isThrownBy(() -> application.run("--sockets.tcp.server.one.port=0", "--spring.main.banner-mode=off"));
		assertThat(output).contains("There are 2 HandlerExecutorProvider beans, 'fast', 'slow', and one is asked")
			.contains("Mark the one that is to be asked as @Primary, or have a single bean")
			.doesNotContain("-parameters")
			.doesNotContain("\tat ");
	}

	@Test
	void whenAProviderGivesNothingAnyMoreThenTheEndpointDoesNotStartAgainAndSaysWhy() {
		this.contextRunner.withUserConfiguration(TiredConfiguration.class).run((context) -> {
			TcpServer server = context.getBean("one", TcpServer.class);
			server.stop();
			context.getBean(AtomicBoolean.class).set(true);
			assertThatException().isThrownBy(server::start).withMessageContaining("bean 'handlerThreads'");
			context.getBean(AtomicBoolean.class).set(false);
			server.start();
			assertThat(EchoConfiguration.ask(server, "?")).isEqualTo("mine-one");
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoConfiguration {

		@Bean
		HandlerExecutorProvider fast() {
			return (endpoint) -> Runnable::run;
		}

		@Bean
		HandlerExecutorProvider slow() {
			return (endpoint) -> Runnable::run;
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
	static class NullConfiguration {

		@Bean
		HandlerExecutorProvider handlerThreads() {
			Map<String, Executor> known = Map.of("one", threads("one"));
			return known::get;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ThrowingConfiguration {

		@Bean
		HandlerExecutorProvider handlerThreads() {
			return (endpoint) -> {
				if (endpoint.equals("one")) {
					return threads("one");
				}
				throw new IllegalStateException("no pool for " + endpoint);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TiredConfiguration {

		@Bean
		AtomicBoolean tired() {
			return new AtomicBoolean();
		}

		@Bean
		HandlerExecutorProvider handlerThreads(AtomicBoolean tired) {
			return (endpoint) -> tired.get() ? null : threads("mine-" + endpoint);
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
