package dev.sockets.registry;

import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import org.awaitility.Awaitility;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;

import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.runtime.multicast.MulticastEndpoints;
import dev.sockets.runtime.Phases;
import dev.sockets.runtime.tcp.EndpointRuntime;
import dev.sockets.runtime.tcp.server.DefaultTcpServer;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.MessageObserver;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.TestedEngine;

/**
 * An application without Boot that has a server as a bean, under another name than its
 * own.
 */
final class TestApplication implements AutoCloseable {

	private final Set<Thread> before = new HashSet<>(engineThreads());

	private final ExecutorService handlers = Executors.newCachedThreadPool();

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final Queue<SocketEvent> events = new ConcurrentLinkedQueue<>();

	private final SocketEndpoints endpoints;

	private final TcpServer bean;

	private volatile Consumer<MessageReceivedEvent<?>> handler = (message) -> {
	};

	TestApplication() {
		this((registry) -> {
		});
	}

	TestApplication(Consumer<SocketEndpoints> initializer) {
		this.context.registerBean(EndpointRuntime.class, () -> new EndpointRuntime(TestedEngine.loops(1),
				(endpoint) -> this.handlers, this.context, MessageObserver.NONE));
		this.context.registerBean("beanName", TcpServer.class,
				() -> new DefaultTcpServer(TcpServerSettings.builder("bean").host("127.0.0.1").port(0).build(),
						this.context.getBean(EndpointRuntime.class)));
		this.context.registerBean("servers", RegisteredEndpoints.class, () -> new RegisteredEndpoints(Phases.SERVERS));
		this.context.registerBean("clients", RegisteredEndpoints.class, () -> new RegisteredEndpoints(Phases.CLIENTS));
		this.context.registerBean(DefaultSocketEndpoints.class,
				() -> new DefaultSocketEndpoints(this.context, this.context.getBean(EndpointRuntime.class),
						new MulticastEndpoints(TestedEngine.loops(1), this.context),
						this.context.getBean("servers", RegisteredEndpoints.class),
						this.context.getBean("clients", RegisteredEndpoints.class)));
		this.context.registerBean(InitializingBean.class,
				() -> () -> initializer.accept(this.context.getBean(SocketEndpoints.class)));
		this.context.addApplicationListener(new Listener());
		this.context.refresh();
		this.endpoints = this.context.getBean(SocketEndpoints.class);
		this.bean = this.context.getBean("beanName", TcpServer.class);
	}

	SocketEndpoints endpoints() {
		return this.endpoints;
	}

	TcpServer bean() {
		return this.bean;
	}

	void onMessage(Consumer<MessageReceivedEvent<?>> handler) {
		this.handler = handler;
	}

	<E extends SocketEvent> List<E> events(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	void stop() {
		this.context.stop();
	}

	void start() {
		this.context.start();
	}

	@Override
	public void close() {
		this.context.close();
		this.handlers.shutdown();
	}

	void awaitEndOfThreads() {
		Awaitility.await().until(() -> this.before.containsAll(engineThreads()));
	}

	private static List<Thread> engineThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("sockets-"))
			.toList();
	}

	private final class Listener implements ApplicationListener<SocketEvent> {

		@Override
		public void onApplicationEvent(SocketEvent event) {
			if (event instanceof MessageReceivedEvent<?> message) {
				TestApplication.this.handler.accept(message);
			}
			else {
				TestApplication.this.events.add(event);
			}
		}

	}

}
