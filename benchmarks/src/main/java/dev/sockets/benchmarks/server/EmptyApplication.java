package dev.sockets.benchmarks.server;

import java.io.IOException;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * A Spring Boot application with nothing in it.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class EmptyApplication {

	/**
	 * Starts the application and says so.
	 * @param args its properties
	 * @throws IOException when the input is broken
	 */
	public static void main(String[] args) throws IOException {
		SpringApplication.run(EmptyApplication.class, args);
		ServerMain.answer();
	}

}
