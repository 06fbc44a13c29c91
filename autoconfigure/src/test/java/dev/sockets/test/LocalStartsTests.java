package dev.sockets.test;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import dev.sockets.tcp.TcpClient;
import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What starts with the context of a slice.
 */
class LocalStartsTests {

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	private final LocalStarts starts = new LocalStarts(this.beans);

	@Test
	void whenAClientStaysHereThenItStartsEachTimeTheContextDoes() {
		TcpClient client = Mockito.mock();
		this.beans.addBean("customer", client);
		this.starts.add("customer", () -> true, "not asked for");
		this.starts.start();
		this.starts.stop();
		this.starts.start();
		Mockito.verify(client, Mockito.times(2)).start();
	}

	@Test
	void whenAClientWouldReachOutsideThenTheLogSaysOnceWhyItIsNotStarted() {
		AtomicInteger asked = new AtomicInteger();
		this.starts.add("robot", () -> asked.incrementAndGet() < 0, "nobody listens there");
		try (LogLines log = new LogLines(LocalStarts.class.getName())) {
			this.starts.start();
			this.starts.stop();
			this.starts.start();
			assertThat(log.all()).containsExactly("INFO 'robot' is not started in this test: nobody listens there");
		}
		assertThat(asked).hasValue(2);
	}

}
