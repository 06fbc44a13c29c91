package dev.sockets.readme;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketListener;

@Component
class Squares {

	@SocketListener("calculator")
	String square(long number) {
		return String.valueOf(number * number);
	}

}
