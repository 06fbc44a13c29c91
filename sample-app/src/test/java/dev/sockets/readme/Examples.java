package dev.sockets.readme;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.tcp.TcpServer;

/**
 * Applications with the configuration that the documentation shows, on other ports, and
 * what asks their servers.
 */
final class Examples {

	static final int DEADLINE = 30_000;

	private Examples() {
	}

	static ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
			.withUserConfiguration(ReadmeConfiguration.class);
	}

	/**
	 * Returns a context with the YAML of a page that contains a text, on free ports.
	 */
	static ApplicationContextRunner with(String page, String yaml, String... servers) {
		return with(Page.of(page), yaml, servers);
	}

	static ApplicationContextRunner with(Page page, String yaml, String... servers) {
		return runner().withInitializer(new YamlFile(page.yaml(yaml)))
			.withPropertyValues(Arrays.stream(servers)
				.map((name) -> "sockets.tcp.server." + name + ".port=0")
				.toArray(String[]::new));
	}

	/**
	 * Sends bytes, given as Latin-1, and returns as many as come back before the server
	 * has answered everything, or until an end.
	 */
	static String ask(TcpServer server, String bytes, String... end) throws IOException {
		try (Socket socket = connect(server)) {
			socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
			if (end.length == 0) {
				socket.shutdownOutput();
				return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			}
			StringBuilder answer = new StringBuilder();
			while (answer.indexOf(end[0]) < 0) {
				answer.append((char) new DataInputStream(socket.getInputStream()).readUnsignedByte());
			}
			return answer.toString();
		}
	}

	static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMillis(DEADLINE));
	}

	static Socket connect(TcpServer server) throws IOException {
		Socket socket = new Socket("localhost", server.getLocalAddress().getPort());
		socket.setSoTimeout(DEADLINE);
		return socket;
	}

}
