package dev.sockets.benchmarks.jmh;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;

import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;

/**
 * Publishes an event for a message to one listener method, as a server does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class EventBenchmark {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Listener.class);

	private final TcpServer server = nothing(TcpServer.class);

	private final Connection connection = nothing(Connection.class);

	private final Clock clock = Clock.systemUTC();

	private static <T> T nothing(Class<T> type) {
		return type.cast(
				Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, args) -> null));
	}

	/**
	 * Publishes an event that has a listener.
	 */
	@Benchmark
	public void publish() {
		this.context.publishEvent(new MessageReceivedEvent<>(this.server, this.connection, "text", this.clock));
	}

	/**
	 * Publishes an event whose payload nobody listens for.
	 */
	@Benchmark
	public void publishToNobody() {
		this.context.publishEvent(new MessageReceivedEvent<>(this.server, this.connection, 42, this.clock));
	}

	/** Closes the context. */
	@TearDown
	public void close() {
		this.context.close();
	}

	static class Listener {

		private int heard;

		@EventListener
		void on(MessageReceivedEvent<String> event) {
			this.heard += event.getPayload().length();
		}

	}

}
