package dev.sockets.benchmarks.server;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.event.EventListener;

import dev.sockets.annotation.SocketListener;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.TcpServer;

/**
 * A Spring Boot application with the server of {@code echo-server.yml}.
 */
final class OurServer implements Server {

	private final Class<?> handler;

	private final List<String> arguments;

	OurServer(Class<?> handler, String... arguments) {
		this.handler = handler;
		this.arguments = List.of(arguments);
	}

	/**
	 * Returns what makes the server speak TLS.
	 * @return arguments of the application
	 */
	static String[] tls() {
		String bundle = "--spring.ssl.bundle.jks.echo.";
		return new String[] { bundle + "keystore.location=" + ServerKeys.file().toUri(),
				bundle + "keystore.password=" + ServerKeys.PASSWORD, bundle + "keystore.type=PKCS12",
				bundle + "options.enabled-protocols=" + ServerKeys.PROTOCOL,
				bundle + "options.ciphers=" + ServerKeys.CIPHER, "--sockets.tcp.server.echo.ssl.bundle=echo" };
	}

	@Override
	public void start(int port, Behaviour behaviour) {
		List<String> arguments = new ArrayList<>(this.arguments);
		arguments.add("--spring.config.name=echo-server");
		arguments.add("--port=" + port);
		Class<?> handler = (behaviour == Behaviour.BROADCAST) ? Broadcaster.class : this.handler;
		SpringApplication application = new SpringApplication(Application.class, handler);
		application.addInitializers((context) -> context.getBeanFactory().registerSingleton("behaviour", behaviour));
		application.run(arguments.toArray(String[]::new));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	static class EventEcho {

		private final Behaviour behaviour;

		EventEcho(Behaviour behaviour) {
			this.behaviour = behaviour;
		}

		@EventListener
		void on(MessageReceivedEvent<String> event) {
			event.reply(this.behaviour.answer(event.getPayload()));
		}

	}

	static class ListenerEcho {

		private final Behaviour behaviour;

		ListenerEcho(Behaviour behaviour) {
			this.behaviour = behaviour;
		}

		@SocketListener("echo")
		String on(String line) {
			return this.behaviour.answer(line);
		}

	}

	static class Broadcaster {

		private final TcpServer echo;

		private final String line = Behaviour.broadcastLine();

		Broadcaster(TcpServer echo) {
			this.echo = echo;
		}

		@EventListener
		void on(MessageReceivedEvent<String> event) {
			this.echo.broadcast(this.line);
		}

	}

}
