package dev.sockets.runtime.tcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

import dev.sockets.rpc.RpcConnection;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client in Python, which is made of nothing but the specification of the wire, both
 * ways.
 */
@Timeout(120)
@EnabledIf("isPythonThere")
class RpcPythonTests {

	private static final Path CLIENT = Path.of("..", "examples", "rpc_client.py");

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	static boolean isPythonThere() {
		try {
			return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
		}
		catch (IOException | InterruptedException ex) {
			return false;
		}
	}

	@Test
	void whenPythonExecutesThenValuesOfAllKindsGoThereAndBack() throws Exception {
		TcpServer server = this.endpoints.server(RpcPair::wire);
		server.rpc().bind(0xFF, (request) -> {
			Map<String, Object> all = new LinkedHashMap<>();
			all.put("args", request.args());
			all.put("kwargs", request.kwargs());
			return all;
		});
		server.rpc().bind("fail", (request) -> {
			throw new IllegalArgumentException("no");
		});
		assertThat(python(server,
				"""
						values = [None, True, False, 0, 23, 24, 255, 256, 65535, 65536, 2**32 - 1, 2**32, 2**63 - 1, -1, -24, -25,
						    -2**31, -2**63, 2**64 - 1, 2**64, 2**200, -2**64, -2**64 - 1, 1.5, -0.1, "", "tu me reçois ?", "x" * 300, b"", b"\\x00\\xff", b"y" * 70, [], [1, [2, [3]]],
						    {}, {"k": [1, {"n": None}]}]
						for value in values:
						    result = client.execute(0xFF, value, named=value)
						    assert result == {"args": [value], "kwargs": {"named": value}}, (value, result)
						for opcode, expected in (("fail", ("ValueError", "no")),
						        (7, ("KeyError", "opcode 7 is not bound to any instruction"))):
						    try:
						        client.execute(opcode)
						        assert False
						    except RemoteError as error:
						        assert error.args == expected, error.args
						first, second = client.send(0xFF, 1), client.send(0xFF, 2)
						assert client.poll(second)["args"] == [2] and client.poll(first)["args"] == [1]
						client.tell(0xFF, "dropped")
						print("all is well")
						"""))
			.isEqualTo("all is well");
	}

	@Test
	void whenJavaExecutesThenPythonAnswers() throws Exception {
		TcpServer server = this.endpoints.server(RpcPair::wire);
		CompletableFuture<String> result = new CompletableFuture<>();
		server.rpc().bind("ready", (request) -> {
			RpcConnection connection = request.connection();
			Object sum = connection.rpc().execute("add", 1, 2);
			Object none = connection.rpc().execute("none");
			try {
				connection.rpc().execute("add", 1, "2");
			}
			catch (RuntimeException ex) {
				result.complete(sum + " " + none + " " + ex.getMessage());
			}
			return "done";
		});
		assertThat(python(server, """
				client.handlers["add"] = lambda a, b: a + b
				client.handlers["none"] = lambda: None
				print(client.execute("ready"))
				""")).isEqualTo("done");
		assertThat(result).succeedsWithin(TestEndpoints.SOON)
			.asString()
			.startsWith("3 null TypeError: unsupported operand");
	}

	@Test
	void whenTheClientIsShownThenItHasNoMoreThanSixtyLines() throws IOException {
		assertThat(Files.readAllLines(CLIENT).stream().filter((line) -> !line.isBlank()).count())
			.isLessThanOrEqualTo(60);
	}

	private String python(TcpServer server, String program) throws IOException, InterruptedException {
		String start = "from rpc_client import *\nclient = Client('127.0.0.1', " + server.getLocalAddress().getPort()
				+ ")\n";
		Process process = new ProcessBuilder("python3", "-B", "-X", "utf8", "-c", start + program)
			.directory(CLIENT.getParent().toFile())
			.redirectErrorStream(true)
			.start();
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			String output = reader.lines().collect(Collectors.joining("\n"));
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			return output;
		}
	}

}
