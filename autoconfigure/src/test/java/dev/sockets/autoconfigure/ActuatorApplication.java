package dev.sockets.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.LocalBroker;
import dev.sockets.registry.SocketEndpoints;

/**
 * A running web application with all of Actuator, and its HTTP client.
 */
final class ActuatorApplication implements AutoCloseable {

	private static final Duration DEADLINE = Duration.ofSeconds(30);

	private final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(DEADLINE).build();

	ActuatorApplication(String... properties) {
		this(new Class<?>[] { Everything.class }, properties);
	}

	/** One of several nodes, with an engine of its own. */
	static ActuatorApplication onNode(String... properties) {
		return new ActuatorApplication(new Class<?>[] { Everything.class, Engine.class }, properties);
	}

	private ActuatorApplication(Class<?>[] sources, String... properties) {
		Stream<String> always = Stream.of("server.port=0", "spring.main.banner-mode=off",
				"management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always");
		this.context = new SpringApplicationBuilder(sources)
			.properties(Stream.concat(always, Arrays.stream(properties)).toArray(String[]::new))
			.run();
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	void addListener(ApplicationListener<?> listener) {
		this.context.addApplicationListener(listener);
	}

	SocketEndpoints endpoints() {
		return bean(SocketEndpoints.class);
	}

	Answer get(String path) {
		return exchange("GET", path, null);
	}

	Answer post(String path, String json) {
		return exchange("POST", path, json);
	}

	Answer delete(String path) {
		return exchange("DELETE", path, null);
	}

	/** Returns what comes back, whatever its type. */
	HttpResponse<byte[]> download(String path) {
		return send(request("GET", path, null), BodyHandlers.ofByteArray());
	}

	private Answer exchange(String method, String path, String json) {
		HttpResponse<String> response = send(request(method, path, json), BodyHandlers.ofString());
		return new Answer(response.statusCode(), response.body());
	}

	private HttpRequest request(String method, String path, String json) {
		String port = this.context.getEnvironment().getProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/" + path))
			.timeout(DEADLINE)
			.header("Content-Type", "application/json")
			.method(method, (json != null) ? BodyPublishers.ofString(json) : BodyPublishers.noBody())
			.build();
	}

	private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
		try {
			return this.client.send(request, handler);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * What came back.
	 *
	 * @param status the status code
	 * @param body the body
	 */
	record Answer(int status, String body) {

		<T> T json(String path) {
			return JsonPath.read(this.body, path);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataRedisAutoConfiguration.class)
	@Import(EchoConfiguration.class)
	static class Everything {

	}

	@Configuration(proxyBeanMethods = false)
	static class Engine {

		private static final LocalBroker BROKER = new LocalBroker();

		@Bean
		BackplaneEngine engine() {
			return BROKER.engine();
		}

	}

}
