package dev.sockets.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.sockets.tcp.TcpServer;

/**
 * Says how to talk to the servers, once all of them listen.
 */
@Component
@Profile("!cluster")
class Welcome {

	private static final Logger logger = LoggerFactory.getLogger(Welcome.class);

	private static final String TEXT = """
			Try, in another terminal:

			  nc localhost %-5d  # echo: each line is answered
			  nc localhost %-5d  # chat: open two of them

			  # frames: four bytes of length, then the payload; answered with its CRC-32
			  python3 -c "import socket,struct; s=socket.create_connection(('localhost',%d)); \
			s.sendall(struct.pack('>I',5)+b'hello'); print(s.recv(99).hex(' '))"

			  curl localhost:%d/actuator/sockets  # also health, prometheus

			Ctrl-C stops the application.
			""";

	private final TcpServer echo;

	private final TcpServer chat;

	private final TcpServer frames;

	Welcome(TcpServer echo, TcpServer chat, TcpServer frames) {
		this.echo = echo;
		this.chat = chat;
		this.frames = frames;
	}

	@EventListener
	void on(ApplicationReadyEvent event) {
		logger.info(TEXT.formatted(port(this.echo), port(this.chat), port(this.frames),
				event.getApplicationContext().getEnvironment().getProperty("local.server.port", Integer.class, 0)));
	}

	private static int port(TcpServer server) {
		return server.getLocalAddress().getPort();
	}

}
