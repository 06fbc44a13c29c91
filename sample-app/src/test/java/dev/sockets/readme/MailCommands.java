package dev.sockets.readme;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketListener;
import dev.sockets.tcp.Connection;

@Component
class MailCommands {

	@SocketListener("mail")
	void command(String command, Connection connection) {
		if (command.equals("STARTTLS")) {
			// not returned: that would be sent after it, and so encrypted
			connection.send("220 go ahead");
			connection.startTls();
		}
	}

}
