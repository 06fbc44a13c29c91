package dev.sockets.readme;

import java.time.Duration;
import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.tcp.TcpServer;

@Component
class SensorReadings {

	private final TcpServer sensors;

	SensorReadings(TcpServer sensors) {
		this.sensors = sensors;
	}

	Optional<String> next() {
		SocketEvent event = this.sensors.inbox().poll(Duration.ofSeconds(1));
		return (event instanceof MessageReceivedEvent<?> message) ? Optional.of(message.getPayload().toString())
				: Optional.empty();
	}

}
