package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs that others have written speak with our servers and clients over Unix domain
 * sockets.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
@Timeout(120)
class UnixPeersTests {

	private static final String PYTHON_CLIENT = """
			import socket, sys
			s = socket.socket(socket.AF_UNIX)
			s.connect(sys.argv[1])
			s.sendall(sys.stdin.buffer.read())
			s.shutdown(socket.SHUT_WR)
			while True:
			    data = s.recv(65536)
			    if not data:
			        break
			    sys.stdout.buffer.write(data)
			""";

	private static final String PYTHON_SERVER = """
			import socket, sys
			s = socket.socket(socket.AF_UNIX)
			s.bind(sys.argv[1])
			s.listen()
			while True:
			    c, _ = s.accept()
			    f = c.makefile("rwb")
			    for line in f:
			        f.write(b"python " + line)
			        f.flush()
			""";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@TempDir
	private Path directory;

	static Stream<List<String>> clients() {
		return Stream.of(List.of("socat", "-t", "60", "-", "UNIX-CONNECT:%s"), List.of("nc", "-N", "-U", "%s"),
				List.of("python3", "-c", PYTHON_CLIENT, "%s"));
	}

	@ParameterizedTest
	@MethodSource("clients")
	void whenAForeignClientSendsManyLinesThenItGetsAllBackInOrder(List<String> command) throws Exception {
		Path path = this.directory.resolve("s");
		this.endpoints.echo().serve((settings) -> settings.path(path));
		String lines = String.join("\n", IntStream.range(0, 1_000).mapToObj((i) -> "line " + i).toList()) + "\n";
		Process process = start(command, path);
		process.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
		process.getOutputStream().close();
		assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(lines);
		assertThat(process.waitFor()).isZero();
	}

	static Stream<List<String>> servers() {
		return Stream.of(List.of("socat", "UNIX-LISTEN:%s,fork", "EXEC:cat"),
				List.of("python3", "-c", PYTHON_SERVER, "%s"));
	}

	@ParameterizedTest
	@MethodSource("servers")
	void whenAForeignServerListensThenOurClientAsksIt(List<String> command) throws IOException {
		Path path = this.directory.resolve("s");
		Process process = start(command, path);
		try {
			Awaitility.await().until(() -> path.toFile().exists());
			TcpClient client = this.endpoints.newClient("client", 1, (settings) -> settings.path(path));
			client.start();
			Awaitility.await().ignoreExceptions().until(() -> client.isConnected() || client.connect().isOpen());
			for (int i = 0; i < 100; i++) {
				assertThat(client.<String>request("question " + i, TestEndpoints.SOON)).endsWith("question " + i);
			}
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	@Test
	void whenAnotherProcessIsKilledThenItsSocketIsTakenOverButNotBefore() throws Exception {
		Path path = this.directory.resolve("s");
		Process process = start(List.of("python3", "-c", PYTHON_SERVER, "%s"), path);
		Awaitility.await().until(() -> path.toFile().exists());
		TcpServer server = this.endpoints.echo().newServer("server", (settings) -> settings.path(path));
		Awaitility.await().ignoreExceptions().untilAsserted(() -> new UnixPeer(path).close());
		assertThat(isStarted(server)).isFalse();
		process.destroyForcibly().waitFor();
		assertThat(path).exists();
		server.start();
		try (UnixPeer peer = new UnixPeer(path)) {
			assertThat(peer.ask("hello")).isEqualTo("hello");
		}
	}

	private static boolean isStarted(TcpServer server) {
		try {
			server.start();
			return true;
		}
		catch (RuntimeException ex) {
			return server.isRunning();
		}
	}

	private static Process start(List<String> command, Path path) {
		try {
			return new ProcessBuilder(command.stream()
				.map((part) -> part.contains("%s") ? part.replace("%s", path.toString()) : part)
				.toList()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		}
		catch (IOException ex) {
			return Assumptions.abort(command.get(0) + " is not installed");
		}
	}

}
