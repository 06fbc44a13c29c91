package dev.sockets.benchmarks.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.event.EventListener;

import dev.sockets.annotation.SocketListener;
import dev.sockets.event.MessageReceivedEvent;

/**
 * A Spring Boot application with the receiver of {@code multicast-receiver.yml}.
 */
final class OurReceiver implements ReceiverProgram {

	private final Class<?> handler;

	OurReceiver(Class<?> handler) {
		this.handler = handler;
	}

	@Override
	public void start(String group, int port, Tally tally) {
		SpringApplication application = new SpringApplication(Application.class, this.handler);
		application.addInitializers((context) -> context.getBeanFactory().registerSingleton("tally", tally));
		application.run("--spring.config.name=multicast-receiver", "--group=" + group, "--port=" + port,
				"--receive-buffer=" + RECEIVE_BUFFER, "--network-interface=" + LOOPBACK);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	static class EventTally {

		private final Tally tally;

		EventTally(Tally tally) {
			this.tally = tally;
		}

		@EventListener
		void on(MessageReceivedEvent<byte[]> event) {
			this.tally.count(event.getPayload());
		}

	}

	static class ListenerTally {

		private final Tally tally;

		ListenerTally(Tally tally) {
			this.tally = tally;
		}

		@SocketListener("numbers")
		void on(byte[] datagram) {
			this.tally.count(datagram);
		}

	}

}
