package dev.sockets.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.sockets.tcp.TcpServer;

/**
 * Says where the chat room of all nodes is on this one.
 */
@Component
@Profile("cluster")
class ClusterWelcome {

	private static final Logger logger = LoggerFactory.getLogger(ClusterWelcome.class);

	private final TcpServer chat;

	ClusterWelcome(TcpServer chat) {
		this.chat = chat;
	}

	@EventListener
	void on(ApplicationReadyEvent event) {
		logger.info("Chat here, and with those on other nodes: nc localhost {}; the nodes: curl localhost:{}{}",
				this.chat.getLocalAddress().getPort(),
				event.getApplicationContext().getEnvironment().getProperty("local.server.port"), "/actuator/sockets");
	}

}
