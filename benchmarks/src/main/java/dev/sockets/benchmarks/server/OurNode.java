package dev.sockets.benchmarks.server;

import org.springframework.context.ApplicationContext;

import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.tcp.TcpServer;

/**
 * Ours. What nodes tell each other counts as received too, which is a frame a second or
 * so.
 */
record OurNode(TcpServer server, Backplane backplane) implements Node {

	static OurNode of(ApplicationContext application) {
		return new OurNode(application.getBean("hub", TcpServer.class), application.getBean(Backplane.class));
	}

	@Override
	public void send(String line) {
		this.server.broadcast(line);
	}

	@Override
	public long received() {
		return this.backplane.counters().received();
	}

	@Override
	public long disordered() {
		return this.backplane.counters().lateFrames();
	}

}
