package dev.sockets.sample;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketListener;

/**
 * Answers each line: all that a server needs.
 */
@Component
class EchoHandler {

	@SocketListener("echo")
	String on(String line) {
		return "echo " + line;
	}

}
