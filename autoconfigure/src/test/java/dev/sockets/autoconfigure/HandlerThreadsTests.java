package dev.sockets.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;

import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * On which threads handlers run.
 */
class HandlerThreadsTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class));

	@Test
	void whenThereIsOurExecutorThenBootStillMakesItsOwn() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.run((context) -> assertThat(context).hasBean("applicationTaskExecutor").hasBean("socketsHandlerExecutor"));
	}

	@Test
	void whenThreadsArePlatformThenHandlersRunInThePool() {
		assertThat(handlerThread("platform").getName()).startsWith("sockets-handler-");
		assertThat(handlerThread("platform").toString()).startsWith("Thread");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void whenJvmHasVirtualThreadsThenHandlersRunOnThem() {
		assertThat(handlerThread("auto").toString()).startsWith("VirtualThread");
		assertThat(handlerThread("virtual").toString()).startsWith("VirtualThread");
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void whenJvmHasNoVirtualThreadsThenTheyCannotBeAskedFor() {
		assertThat(handlerThread("auto").toString()).startsWith("Thread");
		this.contextRunner.withPropertyValues("sockets.threads=virtual")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("'sockets.threads' is 'virtual' but must be auto or platform"));
	}

	@Test
	void whenUserDefinesHandlerExecutorThenItIsUsed() {
		Executor executor = Runnable::run;
		this.contextRunner.withBean("socketsHandlerExecutor", Executor.class, () -> executor)
			.run((context) -> assertThat(context.getBean("socketsHandlerExecutor")).isSameAs(executor));
	}

	private Thread handlerThread(String threads) {
		AtomicReference<Thread> thread = new AtomicReference<>();
		this.contextRunner.withBean(ThreadListener.class, () -> (event) -> thread.set(Thread.currentThread()))
			.withInitializer(Yaml.of("""
					sockets:
					  threads: %s
					  tcp.server.echo:
					    port: 0
					    dispatch: thread
					""".formatted(threads)))
			.run((context) -> {
				EchoConfiguration.tell(context.getBean(TcpServer.class), "hello");
				Awaitility.await().until(() -> thread.get() != null);
			});
		return thread.get();
	}

	private interface ThreadListener extends ApplicationListener<MessageReceivedEvent<?>> {

	}

}
