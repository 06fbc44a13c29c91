package dev.sockets.annotation;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which beans can have listener methods, and how they are called.
 */
class SocketListenerBeansTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.orders.port=0");

	@Test
	void whenBeanHasSubclassProxyThenMethodIsCalledThroughIt() {
		this.contextRunner.withUserConfiguration(ProxyConfiguration.class)
			.withBean("proxied", PackagePrivate.class)
			.run((context) -> {
				assertThat(AopUtils.isCglibProxy(context.getBean("proxied"))).isTrue();
				assertThat(ask(context, "hello")).isEqualTo("1: package-private hello");
				assertThat(context.getBean(AtomicInteger.class)).hasValue(1);
			});
	}

	@Test
	void whenBeanHasInterfaceProxyThenMethodIsCalledThroughIt() {
		this.contextRunner.withUserConfiguration(ProxyConfiguration.class)
			.withBean("proxied", Implementation.class)
			.run((context) -> {
				assertThat(AopUtils.isJdkDynamicProxy(context.getBean("proxied"))).isTrue();
				assertThat(ask(context, "hello")).isEqualTo("1: implemented hello");
				assertThat(context.getBean(AtomicInteger.class)).hasValue(1);
			});
	}

	@Test
	void whenMethodIsAsyncThenItsFutureIsTheReply() {
		this.contextRunner.withUserConfiguration(AsyncConfiguration.class).run((context) -> {
			String[] answer = ask(context, "hello").split(" on ");
			assertThat(answer[0]).isEqualTo("async hello");
			assertThat(answer[1]).doesNotStartWith("sockets-");
		});
	}

	@Test
	void whenMethodIsInheritedThenItIsCalledOnce() {
		this.contextRunner.withBean(Inheriting.class)
			.run((context) -> assertThat(askTwice(context)).containsExactly("2 first", "4 second"));
	}

	@Test
	void whenInterfaceIsAnnotatedThenImplementationIsCalledOnce() {
		this.contextRunner.withBean(Annotated.class)
			.run((context) -> assertThat(askTwice(context)).containsExactly("annotated first", "annotated second"));
	}

	@Test
	void whenMethodIsPrivateThenItIsCalled() {
		this.contextRunner.withBean(Private.class)
			.run((context) -> assertThat(ask(context, "hello")).isEqualTo("private hello"));
	}

	@Test
	void whenConfigurationHasListenerThenItIsCalled() {
		this.contextRunner.withUserConfiguration(ListeningConfiguration.class)
			.run((context) -> assertThat(ask(context, "hello")).isEqualTo("configured hello"));
	}

	@Test
	void whenBeanIsLazyThenFirstMessageCreatesIt() {
		this.contextRunner.withBean(Counting.class, Counting::new, (definition) -> definition.setLazyInit(true))
			.run((context) -> {
				int before = Counting.created.get();
				assertThat(askTwice(context)).containsExactly((before + 1) + " first", (before + 1) + " second");
			});
	}

	@Test
	void whenBeanIsPrototypeThenEachMessageGetsItsOwn() {
		this.contextRunner
			.withBean(Counting.class, Counting::new,
					(definition) -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE))
			.run((context) -> {
				int before = Counting.created.get();
				assertThat(askTwice(context)).containsExactly((before + 1) + " first", (before + 2) + " second");
			});
	}

	@Test
	void whenBeanHasScopedProxyThenItIsCalledOnceThroughIt() {
		this.contextRunner.withUserConfiguration(ScopedConfiguration.class).run((context) -> {
			int before = Counting.created.get();
			assertThat(askTwice(context)).containsExactly((before + 1) + " first", (before + 2) + " second");
		});
	}

	@Test
	void whenLazyBeanHasProxyThenMethodIsCalledThroughIt() {
		this.contextRunner.withUserConfiguration(ProxyConfiguration.class)
			.withBean("proxied", Implementation.class, Implementation::new,
					(definition) -> definition.setLazyInit(true))
			.run((context) -> assertThat(ask(context, "hello")).isEqualTo("1: implemented hello"));
	}

	@Test
	void whenApplicationIsLazyThenListenersAreCalled() {
		this.contextRunner.withBean(Counting.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(ask(context, "hello")).endsWith(" hello"));
	}

	@Test
	void whenMethodOfProxiedBeanCannotBeCalledThroughItThenItFails() {
		assertProxiedFails(Private.class, "on(String) of bean 'proxied'",
				"its bean has a proxy: Need to invoke method 'on' found on proxy for target class 'Private'");
		assertProxiedFails(Final.class, "it is final, so the proxy of its bean cannot pass calls on");
		assertProxiedFails(NotOnInterface.class,
				"its bean has a proxy: Need to invoke method 'notOnIt' declared on target class 'NotOnInterface'");
		assertProxiedFails(Static.class, "it is static");
	}

	private void assertProxiedFails(Class<?> type, String... messages) {
		this.contextRunner.withUserConfiguration(ProxyConfiguration.class)
			.withBean("proxied", type)
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(IllegalStateException.class)
				.message()
				.contains(messages));
	}

	private static String ask(ApplicationContext context, String line) throws Exception {
		return LinePeer.ask(context.getBean("orders", TcpServer.class), line);
	}

	/** Asks twice, and makes sure that no further answer is between the two. */
	private static List<String> askTwice(ApplicationContext context) throws Exception {
		try (LinePeer peer = new LinePeer(context.getBean("orders", TcpServer.class))) {
			return List.of(peer.ask("first"), peer.ask("second"));
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class ProxyConfiguration {

		@Bean
		AtomicInteger calls() {
			return new AtomicInteger();
		}

		@Bean
		MethodInterceptor interceptor(AtomicInteger calls) {
			return (invocation) -> calls.incrementAndGet() + ": " + invocation.proceed();
		}

		@Bean
		static BeanNameAutoProxyCreator proxyCreator() {
			BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
			creator.setBeanNames("proxied");
			creator.setInterceptorNames("interceptor");
			return creator;
		}

	}

	static class PackagePrivate {

		private final String kind = "package-private";

		@SocketListener("orders")
		String on(String message) {
			return this.kind + " " + message;
		}

	}

	interface Contract {

		String on(String message);

	}

	static class Implementation implements Contract {

		@Override
		@SocketListener("orders")
		public String on(String message) {
			return "implemented " + message;
		}

	}

	static class NotOnInterface implements Contract {

		@Override
		public String on(String message) {
			return message;
		}

		@SocketListener("orders")
		public String notOnIt(String message) {
			return message;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class AsyncConfiguration {

		@Bean
		Asynchronous asynchronous() {
			return new Asynchronous();
		}

	}

	static class Asynchronous {

		@Async
		@SocketListener("orders")
		CompletableFuture<String> on(String message) {
			return CompletableFuture.completedFuture("async " + message + " on " + Thread.currentThread().getName());
		}

	}

	abstract static class Base<T> {

		@SocketListener("orders")
		String on(T number, Connection connection) {
			return describe(number);
		}

		abstract String describe(T number);

	}

	static class Inheriting extends Base<StringBuilder> {

		private int calls;

		@Override
		String describe(StringBuilder message) {
			this.calls += 2;
			return this.calls + " " + message;
		}

	}

	interface AnnotatedContract<T> {

		@SocketListener("orders")
		String on(T message);

	}

	static class Annotated implements AnnotatedContract<String> {

		@Override
		public String on(String message) {
			return "annotated " + message;
		}

	}

	static class Private {

		@SocketListener("orders")
		private String on(String message) {
			return "private " + message;
		}

	}

	static class Final {

		@SocketListener("orders")
		final String on(String message) {
			return message;
		}

	}

	static class Static {

		@SocketListener("orders")
		static String on(String message) {
			return message;
		}

	}

	static class Counting {

		private static final AtomicInteger created = new AtomicInteger();

		private final int number = created.incrementAndGet();

		@SocketListener("orders")
		String on(String message) {
			return this.number + " " + message;
		}

	}

	@Configuration
	static class ListeningConfiguration {

		@SocketListener("orders")
		String on(String message) {
			return "configured " + message;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedConfiguration {

		@Bean
		@Lazy
		@Scope(scopeName = BeanDefinition.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.TARGET_CLASS)
		Counting counting() {
			return new Counting();
		}

	}

}
