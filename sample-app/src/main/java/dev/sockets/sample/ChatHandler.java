package dev.sockets.sample;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.NodeLeftEvent;
import dev.sockets.event.NodeLeftReason;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Group;
import dev.sockets.tcp.TcpServer;

/**
 * A room in which everybody reads what everybody writes. Lines are escaped before they
 * are passed on, so that no guest can write into the terminal of another. The room is a
 * group, so it is one on all nodes when there are several.
 */
@Component
class ChatHandler {

	private static final String NAME = "name";

	private static final String RENAME = "/name ";

	private static final int LONGEST_NAME = 20;

	private final Group room;

	private final String ofNode;

	private final AtomicInteger guests = new AtomicInteger();

	ChatHandler(TcpServer chat, @Value("${sockets.node:}") String node) {
		this.room = chat.group("room");
		this.ofNode = node.isEmpty() ? "" : "@" + node;
	}

	@EventListener(condition = "event.endpoint == 'chat'")
	void on(ConnectedEvent event) {
		Connection guest = event.getConnection();
		guest.getAttributes().put(NAME, "guest" + this.guests.incrementAndGet() + this.ofNode);
		guest.send("Welcome, " + name(guest) + ". Write a line, or " + RENAME + "and the name you want.");
		this.room.join(guest);
		this.room.send("* " + name(guest) + " joined");
	}

	@EventListener(condition = "event.endpoint == 'chat'")
	void on(MessageReceivedEvent<String> event) {
		String line = Printable.text(event.getPayload()).strip();
		if (line.startsWith(RENAME)) {
			rename(event.getConnection(), line.substring(RENAME.length()).strip());
		}
		else if (!line.isEmpty()) {
			this.room.send(name(event.getConnection()) + ": " + line);
		}
	}

	@EventListener(condition = "event.endpoint == 'chat'")
	void on(DisconnectedEvent event) {
		this.room.send("* " + name(event.getConnection()) + " left");
	}

	/** The guests of one that has stopped have left one by one. */
	@EventListener(condition = "event.endpoint == 'chat'")
	void on(NodeLeftEvent event) {
		if (event.getReason() != NodeLeftReason.STOPPED) {
			this.room.here().send("* " + event.getNode().id() + " is gone, with all its guests");
		}
	}

	private void rename(Connection guest, String wanted) {
		String before = name(guest);
		guest.getAttributes().put(NAME, Printable.shortened(wanted, LONGEST_NAME));
		this.room.send("* " + before + " is " + name(guest) + " now");
	}

	private static String name(Connection guest) {
		return String.valueOf(guest.getAttributes().get(NAME));
	}

}
