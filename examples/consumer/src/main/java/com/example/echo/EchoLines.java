package com.example.echo;

import dev.sockets.annotation.SocketListener;
import org.springframework.stereotype.Component;

@Component
class EchoLines {

	@SocketListener("echo")
	String on(String line) {
		return "echo " + line;
	}

}
