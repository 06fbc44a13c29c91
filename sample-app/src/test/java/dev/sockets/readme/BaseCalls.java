package dev.sockets.readme;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketMapping;
import dev.sockets.codec.Tuple;

@Component
class BaseCalls {

	@SocketMapping(endpoint = "base", opcode = 0xFF)
	Tuple greet(String text) {
		return Tuple.of("Bien reçu", 10);
	}

}
