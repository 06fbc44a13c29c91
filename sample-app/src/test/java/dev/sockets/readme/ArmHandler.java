package dev.sockets.readme;

import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketMapping;
import dev.sockets.tcp.Connection;

@Component
class ArmHandler {

	private int position;

	@SocketMapping(endpoint = "arm", opcode = 0x01)
	synchronized int move(int steps, Optional<String> direction) {
		this.position += direction.orElse("up").equals("up") ? steps : -steps;
		return this.position;
	}

	@SocketMapping(endpoint = "arm", name = "calibrate")
	String calibrate(Connection connection) {
		Integer level = connection.rpc().execute("level", Integer.class);
		return "level was " + level;
	}

}
