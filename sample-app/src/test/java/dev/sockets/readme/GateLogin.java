package dev.sockets.readme;

import java.nio.ByteOrder;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketListener;
import dev.sockets.codec.Codecs;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.Connection;

@Component
class GateLogin {

	@SocketListener("gate")
	void login(String line, Connection connection) {
		connection.send("OK"); // still a line
		connection.switchFraming(Framings.lengthPrefixed(2, ByteOrder.BIG_ENDIAN, false), Codecs.bytes());
	}

}
