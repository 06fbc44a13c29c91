package dev.sockets.autoconfigure;

import java.util.concurrent.Executor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.scheduling.support.TaskUtils;

import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who publishes the events of an application may do it in another way than usual.
 */
class EventMulticasterTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.echo.port=0");

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenEventsArePublishedByAnExecutorThenThatIsTold(boolean asBean) {
		try (LogLines log = new LogLines(EventMulticasterCheck.class.getName())) {
			SimpleApplicationEventMulticaster multicaster = multicaster(new SimpleAsyncTaskExecutor());
			ApplicationContextRunner runner = asBean
					? this.contextRunner.withBean("applicationEventMulticaster",
							SimpleApplicationEventMulticaster.class, () -> multicaster)
					: this.contextRunner.withInitializer((context) -> {
						multicaster.setBeanFactory(context.getBeanFactory());
						context.getBeanFactory().registerSingleton("applicationEventMulticaster", multicaster);
					});
			runner.run((context) -> assertThat(context).hasNotFailed());
			assertThat(log.all()).singleElement()
				.asString()
				.startsWith("WARN ")
				.contains("'applicationEventMulticaster'", "in any order", "taskExecutor", "@SocketListener", "@Async");
		}
	}

	@Test
	void whenTheParentPublishesByAnExecutorThenThatIsToldToo() {
		try (LogLines log = new LogLines(EventMulticasterCheck.class.getName())) {
			new ApplicationContextRunner()
				.withBean("applicationEventMulticaster", SimpleApplicationEventMulticaster.class,
						() -> multicaster(new SimpleAsyncTaskExecutor()))
				.run((parent) -> this.contextRunner.withParent(parent)
					.run((context) -> assertThat(context).hasNotFailed()));
			assertThat(log.all()).singleElement().asString().contains("in any order");
		}
	}

	@Test
	void whenErrorsOfListenersGoElsewhereThenThatIsTold() {
		try (LogLines log = new LogLines(EventMulticasterCheck.class.getName())) {
			SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
			multicaster.setErrorHandler(TaskUtils.LOG_AND_SUPPRESS_ERROR_HANDLER);
			this.contextRunner
				.withBean("applicationEventMulticaster", SimpleApplicationEventMulticaster.class, () -> multicaster)
				.run((context) -> assertThat(context).hasNotFailed());
			assertThat(log.all()).singleElement()
				.asString()
				.startsWith("WARN ")
				.contains("errorHandler", "MessageErrorEvent");
		}
	}

	@Test
	void whenEventsArePublishedByTheirThreadThenNothingIsTold() {
		try (LogLines log = new LogLines(EventMulticasterCheck.class.getName())) {
			this.contextRunner.run((context) -> assertThat(context).hasNotFailed());
			this.contextRunner
				.withBean("applicationEventMulticaster", SimpleApplicationEventMulticaster.class,
						() -> multicaster(new SyncTaskExecutor()))
				.run((context) -> assertThat(context).hasNotFailed());
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
				.withBean("applicationEventMulticaster", SimpleApplicationEventMulticaster.class,
						() -> multicaster(new SimpleAsyncTaskExecutor()))
				.run((context) -> assertThat(context).hasNotFailed());
			assertThat(log.all()).isEmpty();
		}
	}

	private static SimpleApplicationEventMulticaster multicaster(Executor executor) {
		SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
		multicaster.setTaskExecutor(executor);
		return multicaster;
	}

}
