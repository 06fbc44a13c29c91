package dev.sockets.readme;

import java.util.concurrent.CompletionStage;

import org.springframework.stereotype.Component;

import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionHandshake;

@Component("badges")
class BadgeCheck implements ConnectionHandshake {

	@Override
	public CompletionStage<?> begin(Connection connection) {
		return connection.<String>receiveAsync().thenCompose((badge) -> {
			if (!badge.matches("BADGE \\d{6}")) {
				throw new IllegalArgumentException("This is no badge");
			}
			return connection.sendAsync("COME IN");
		});
	}

}
