package com.example.echo;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketListener;

@Component
class EchoLines {

	@SocketListener("echo")
	String on(String line) {
		return "echo " + line;
	}

}
