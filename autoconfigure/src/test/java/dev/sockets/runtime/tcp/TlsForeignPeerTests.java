package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.ClientAuth;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TlsStart;
import dev.sockets.testkit.Ports;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * OpenSSL, socat and Python on the other side.
 */
@Timeout(120)
class TlsForeignPeerTests {

	private static final String PYTHON = """
			import socket, ssl, sys
			context = ssl.create_default_context(cafile=sys.argv[2])
			raw = socket.create_connection(('localhost', int(sys.argv[1])))
			tls = context.wrap_socket(raw, server_hostname='localhost', suppress_ragged_eofs=False)
			tls.sendall(b'hello\\n' * 1000)
			got = b''
			while len(got) < 6000:
			    got += tls.recv(65536)
			print(tls.version(), len(got), got == b'hello\\n' * 1000)
			tls.sendall(b'bye\\n')
			print(tls.recv(100).decode().strip(), tls.recv(100) == b'')
			""";

	private static final String PYTHON_SMTP = """
			import smtplib, ssl, sys
			mail = smtplib.SMTP('localhost', int(sys.argv[1]), timeout=60)
			mail.starttls(context=ssl.create_default_context(cafile=sys.argv[2]))
			print(mail.sock.version(), mail.noop()[1].decode())
			""";

	private static final String PYTHON_SERVER = """
			import socket, ssl, sys
			context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
			context.load_cert_chain(sys.argv[2], sys.argv[3])
			raw, peer = socket.create_server(('127.0.0.1', int(sys.argv[1]))).accept()
			if raw.recv(100) == b'STARTTLS\\n':
			    raw.sendall(b'go ahead\\n')
			    tls = context.wrap_socket(raw, server_side=True)
			    while True:
			        line = tls.recv(100)
			        if not line:
			            break
			        tls.sendall(b'got ' + line)
			""";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@ParameterizedTest
	@ValueSource(strings = { "-tls1_2", "-tls1_3" })
	void whenOpensslConnectsThenItIsServedByEitherVersionWithACertificate(String version) throws Exception {
		TcpServer server = server();
		String output = run("hello\n", "openssl", "s_client", "-connect", address(server), "-CAfile",
				file("authority.pem"), "-cert", file("client.pem"), "-key", file("client.key"), version,
				"-verify_return_error", "-quiet", "-no_ign_eof");
		assertThat(output).contains("hello from CN=client");
	}

	@Test
	void whenOpensslComesBackThenItsSessionIsResumed() throws Exception {
		TcpServer server = server();
		String output = run("", "openssl", "s_client", "-connect", address(server), "-CAfile", file("authority.pem"),
				"-cert", file("client.pem"), "-key", file("client.key"), "-tls1_2", "-reconnect");
		assertThat(output).contains("New, TLSv1.2", "Reused, TLSv1.2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-tls1_2", "-tls1_3" })
	void whenOpensslComesBackWithASessionThenItIsResumedAndItsClientIsKnown(String version, @TempDir Path directory)
			throws Exception {
		TcpServer server = server();
		String session = directory.resolve("session").toString();
		String[] command = { "openssl", "s_client", "-connect", address(server), "-CAfile", file("authority.pem"),
				"-cert", file("client.pem"), "-key", file("client.key"), version, "-no_ign_eof" };
		assertThat(run("hello\n", with(command, "-sess_out", session))).contains("New, TLSv1.", "hello from CN=client");
		Awaitility.await().until(() -> Files.exists(Path.of(session)));
		assertThat(run("again\n", with(command, "-sess_in", session))).contains("Reused, TLSv1.",
				"again from CN=client");
	}

	/** OpenSSL shows its certificate whoever the server says that it trusts. */
	@ParameterizedTest
	@CsvSource({ "expired, -tls1_2", "expired, -tls1_3", "stranger, -tls1_2", "stranger, -tls1_3" })
	void whenTheCertificateOfAClientIsBadThenItIsTurnedAway(String certificate, String version) throws Exception {
		TcpServer server = server();
		String output = run("hello\n", "openssl", "s_client", "-connect", address(server), "-CAfile",
				file("authority.pem"), "-cert", file(certificate + ".pem"), "-key", file(certificate + ".key"), version,
				"-quiet", "-no_ign_eof");
		assertThat(output).doesNotContain("hello from");
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason()).isEqualTo(RejectionReason.TLS);
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	private static String[] with(String[] command, String... more) {
		return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
	}

	@Test
	void whenSocatConnectsThenItIsServed() throws Exception {
		TcpServer server = server();
		String output = run("hello\n", "socat", "-t", "20", "-",
				"OPENSSL:" + address(server) + ",cafile=" + file("authority.pem") + ",cert=" + file("client.pem")
						+ ",key=" + file("client.key") + ",commonname=localhost");
		assertThat(output).contains("hello from CN=client");
	}

	@Test
	void whenPythonConnectsThenItIsServedAndToldOfTheEnd() throws Exception {
		this.endpoints.onMessage((message) -> {
			message.reply(message.getPayload());
			if (message.getPayload().equals("bye")) {
				message.getConnection().close();
			}
		});
		TcpServer server = this.endpoints.server((all) -> all.tls(TestTls.settings(TestTls.context("server")).build()));
		String output = run("", "python3", "-c", PYTHON, String.valueOf(server.getLocalAddress().getPort()),
				file("authority.pem"));
		assertThat(output).contains("TLSv1.3 6000 True", "bye True");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-tls1_2", "-tls1_3" })
	void whenTheServerIsOpensslThenAClientTalksToIt(String version) throws Exception {
		int port = Ports.free();
		Process process = start("openssl", "s_server", "-accept", "127.0.0.1:" + port, "-cert", file("server.pem"),
				"-key", file("server.key"), "-CAfile", file("authority.pem"), "-Verify", "1", "-rev", version);
		try {
			TcpClient client = this.endpoints.newClient("client", port, (settings) -> settings.retryConnect(true)
				.connection((all) -> all.tls(TestTls.settings(TestTls.context("client")).build())));
			Connection connection = client.connect();
			assertThat(connection.<String>request("hello")).isEqualTo("olleh");
			client.disconnect();
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.LOCAL);
		}
		finally {
			process.destroyForcibly();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenOpensslStartsTlsAsMailersDoThenItIsServed(Dispatch dispatch) throws Exception {
		String output = run("NOOP\n", "openssl", "s_client", "-starttls", "smtp", "-connect", address(mail(dispatch)),
				"-CAfile", file("authority.pem"), "-cert", file("client.pem"), "-key", file("client.key"),
				"-verify_return_error", "-quiet", "-no_ign_eof", "-crlf");
		assertThat(output).contains("250 hello from CN=client");
	}

	@ParameterizedTest
	@EnumSource
	void whenAMailerOfPythonStartsTlsThenItIsServed(Dispatch dispatch) throws Exception {
		String output = run("", "python3", "-c", PYTHON_SMTP,
				String.valueOf(mail(dispatch).getLocalAddress().getPort()), file("authority.pem"));
		assertThat(output).contains("TLSv1.3 hello from nobody");
	}

	/** As much of SMTP as it takes to begin TLS. */
	private TcpServer mail(Dispatch dispatch) {
		this.endpoints.onEvent((event) -> {
			if (event instanceof ConnectedEvent connected) {
				connected.getConnection().send("220 mail.example");
			}
		});
		this.endpoints.onMessage((message) -> {
			Connection connection = (Connection) message.getPeer();
			String command = ((String) message.getPayload()).toUpperCase(Locale.ROOT);
			if (command.startsWith("EHLO")) {
				connection.send("250-mail.example");
				connection.send("250 STARTTLS");
			}
			else if (command.equals("STARTTLS")) {
				connection.send("220 go ahead");
				connection.startTls();
			}
			else {
				connection.send("250 hello from " + connection.getPrincipal().map(Principal::getName).orElse("nobody"));
			}
		});
		return this.endpoints.server((all) -> all.framing(Framings.crlf())
			.dispatch(dispatch)
			.tls(TestTls.settings(TestTls.context("server"))
				.clientAuth(ClientAuth.WANT)

				.start(TlsStart.ON_DEMAND)
				.build()));
	}

	@Test
	void whenAServerOfPythonHasTlsBeginThenAClientTalksToIt() throws Exception {
		int port = Ports.free();
		Process process = start("python3", "-c", PYTHON_SERVER, String.valueOf(port), file("server.pem"),
				file("server.key"));
		try {
			TcpClient client = this.endpoints.newClient("client", port, (settings) -> settings.retryConnect(true)
				.connection(
						(all) -> all.tls(TestTls.settings(TestTls.context(null)).start(TlsStart.ON_DEMAND).build())));
			Connection connection = client.connect();
			assertThat(connection.<String>request("STARTTLS")).isEqualTo("go ahead");
			connection.startTls();
			assertThat(connection.<String>request("hello")).isEqualTo("got hello");
			assertThat(connection.getPrincipal()).map(Principal::getName).contains("CN=server");
		}
		finally {
			process.destroyForcibly();
		}
	}

	private TcpServer server() {
		return this.endpoints
			.onMessage((message) -> message.reply(message.getPayload() + " from "
					+ ((Connection) message.getPeer()).getPrincipal().orElseThrow().getName()))
			.server((all) -> all.tls(TestTls.settings(TestTls.context("server")).clientAuth(ClientAuth.NEED).build()));
	}

	private static String address(TcpServer server) {
		return "localhost:" + server.getLocalAddress().getPort();
	}

	private static String file(String name) {
		return TestTls.file(name).toString();
	}

	/** Runs a program, or skips the test when there is none. */
	private static Process start(String... command) {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true).start();
		}
		catch (IOException ex) {
			return Assumptions.abort(command[0] + " is not installed");
		}
	}

	/**
	 * Returns what a program says until there is a line of an answer, or it has ended.
	 */
	private static String run(String input, String... command) throws IOException, InterruptedException {
		Process process = start(command);
		try {
			List<String> lines = new ArrayList<>();
			process.getOutputStream().write(input.getBytes());
			process.getOutputStream().flush();
			if (input.isEmpty()) {
				process.getOutputStream().close();
			}
			String line;
			while ((line = process.inputReader().readLine()) != null) {
				lines.add(line);
				if (line.contains(" from ")) {
					break;
				}
			}
			process.getOutputStream().close();
			process.waitFor(1, TimeUnit.SECONDS);
			return String.join("\n", lines);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
