package dev.sockets.testslice;

import java.util.concurrent.CompletionStage;

import org.springframework.stereotype.Component;

import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionHandshake;

@Component
class Badges implements ConnectionHandshake {

	@Override
	public CompletionStage<?> begin(Connection connection) {
		return connection.receiveAsync();
	}

}
