package dev.sockets.readme;

import org.springframework.stereotype.Component;

import dev.sockets.tcp.TcpServer;

@Component
class Maintenance {

	private final TcpServer orders;

	Maintenance(TcpServer orders) {
		this.orders = orders;
	}

	void begin() {
		this.orders.pause(); // takes no new connections; those that are open stay
		this.orders.disconnectAll();
	}

	void end() {
		this.orders.resume();
	}

	void restart() {
		this.orders.stop(); // returns when everything is closed
		this.orders.start(); // returns when the port is bound, or throws
	}

}
