package dev.sockets.benchmarks.server;

import java.io.IOException;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.event.EventListener;

import dev.sockets.event.MessageReceivedEvent;

/**
 * A Spring Boot application with one server and one listener, of {@code echo-server.yml}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SocketApplication {

	/**
	 * Starts the application and says so.
	 * @param args its properties
	 * @throws IOException when the input is broken
	 */
	public static void main(String[] args) throws IOException {
		SpringApplication.run(SocketApplication.class, args);
		ServerMain.answer();
	}

	@EventListener
	void on(MessageReceivedEvent<String> event) {
		event.reply(event.getPayload());
	}

}
