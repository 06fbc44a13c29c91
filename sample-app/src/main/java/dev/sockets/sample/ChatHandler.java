package dev.sockets.sample;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;

/**
 * A room in which everybody reads what everybody writes. Lines are escaped before they
 * are passed on, so that no guest can write into the terminal of another.
 */
@Component
class ChatHandler {

	private static final String NAME = "name";

	private static final String RENAME = "/name ";

	private static final int LONGEST_NAME = 20;

	private final TcpServer chat;

	private final AtomicInteger guests = new AtomicInteger();

	ChatHandler(TcpServer chat) {
		this.chat = chat;
	}

	@EventListener(condition = "event.endpoint == 'chat'")
	void on(ConnectedEvent event) {
		Connection guest = event.getConnection();
		guest.getAttributes().put(NAME, "guest" + this.guests.incrementAndGet());
		guest.send("Welcome, " + name(guest) + ". Write a line, or " + RENAME + "and the name you want.");
		this.chat.broadcast("* " + name(guest) + " joined");
	}

	@EventListener(condition = "event.endpoint == 'chat'")
	void on(MessageReceivedEvent<String> event) {
		String line = Printable.text(event.getPayload()).strip();
		if (line.startsWith(RENAME)) {
			rename(event.getConnection(), line.substring(RENAME.length()).strip());
		}
		else if (!line.isEmpty()) {
			this.chat.broadcast(name(event.getConnection()) + ": " + line);
		}
	}

	@EventListener(condition = "event.endpoint == 'chat'")
	void on(DisconnectedEvent event) {
		this.chat.broadcast("* " + name(event.getConnection()) + " left");
	}

	private void rename(Connection guest, String wanted) {
		String before = name(guest);
		guest.getAttributes().put(NAME, Printable.shortened(wanted, LONGEST_NAME));
		this.chat.broadcast("* " + before + " is " + name(guest) + " now");
	}

	private static String name(Connection guest) {
		return String.valueOf(guest.getAttributes().get(NAME));
	}

}
