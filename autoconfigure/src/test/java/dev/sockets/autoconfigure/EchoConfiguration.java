package dev.sockets.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.TcpServer;

/**
 * An application as in the README, and a peer that talks to it.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(SocketsAutoConfiguration.class)
public class EchoConfiguration {

	@EventListener
	void on(MessageReceivedEvent<String> event) {
		event.reply("echo " + event.getPayload());
	}

	/**
	 * Sends a line and returns the line that comes back.
	 */
	static String ask(TcpServer server, String line) {
		try (Socket socket = connect(server)) {
			send(socket, line);
			return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
				.readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends a line and waits for none.
	 */
	static void tell(TcpServer server, String line) {
		try (Socket socket = connect(server)) {
			send(socket, line);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Socket connect(TcpServer server) throws IOException {
		Socket socket = new Socket("localhost", server.getLocalAddress().getPort());
		socket.setSoTimeout(30_000);
		return socket;
	}

	private static void send(Socket socket, String line) throws IOException {
		socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
	}

}
