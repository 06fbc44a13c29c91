package com.example.echo;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts the application as its main method does, on a free port, and talks to it as any
 * program would.
 */
class EchoApplicationTests {

	private static final int PATIENCE_MILLIS = 30_000;

	@Test
	void whenLinesAreSentThenEachIsAnswered() throws Exception {
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(EchoApplication.class)
			.run("--sockets.tcp.server.echo.port=0")) {
			int port = application.getBean("echo", TcpServer.class).getLocalAddress().getPort();
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				socket.setSoTimeout(PATIENCE_MILLIS);
				socket.getOutputStream().write("hello\nG\u00fcn Ayd\u0131n\n".getBytes(StandardCharsets.UTF_8));
				BufferedReader answers = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
				assertThat(List.of(answers.readLine(), answers.readLine())).containsExactly("echo hello",
						"echo G\u00fcn Ayd\u0131n");
			}
		}
	}

}
