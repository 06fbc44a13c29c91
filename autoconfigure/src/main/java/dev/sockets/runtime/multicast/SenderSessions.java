package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.runtime.WireLog;

/**
 * A sender from its start to its stop: a socket for each family, and the answers that it
 * waits for. Open to all threads.
 */
final class SenderSessions {

	private final MulticastSenderSettings settings;

	private final NetworkInterfaces interfaces;

	private @Nullable NetworkInterface on;

	private final WireLog wireLog;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<ProtocolFamily, SenderSession> byFamily = new HashMap<>();

	private final PendingAnswers answers;

	private boolean closed;

	SenderSessions(MulticastSenderSettings settings, NetworkInterfaces interfaces, @Nullable NetworkInterface on,
			RequestLoop requestLoop) {
		this.settings = settings;
		this.interfaces = interfaces;
		this.on = on;
		this.wireLog = new WireLog(settings.name(), settings.datagrams());
		this.answers = new PendingAnswers(this, settings, requestLoop, this.wireLog);
	}

	PendingAnswers answers() {
		return this.answers;
	}

	void send(byte[] bytes, InetSocketAddress group) throws IOException {
		try {
			socket(group.getAddress()).send(bytes, group);
		}
		catch (ClosedChannelException ex) {
			socket(group.getAddress()).send(bytes, group);
		}
		catch (IOException | IllegalArgumentException ex) {
			if (!refresh()) {
				throw ex;
			}
			socket(group.getAddress()).send(bytes, group);
		}
	}

	/**
	 * Looks at the interface to send over: when it was made again, sockets are opened
	 * anew.
	 * @return whether it was
	 */
	boolean refresh() {
		String wanted = this.settings.networkInterface();
		NetworkInterface current = (wanted != null) ? this.interfaces.current(wanted).orElse(null) : null;
		this.lock.lock();
		try {
			NetworkInterface before = this.on;
			if (current == null || before == null
					|| (current.getIndex() == before.getIndex() && current.equals(before))) {
				return false;
			}
			this.on = current;
			this.byFamily.values().forEach(SenderSession::close);
			this.byFamily.clear();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Opens a socket, called with the lock held. */
	private SenderSession open(InetAddress group) throws IOException {
		ProtocolFamily family = Group.family(group);
		try {
			return SenderSession.open(family, this.on, this.settings, this.wireLog);
		}
		catch (IOException | IllegalArgumentException ex) {
			if (!refresh()) {
				throw ex;
			}
			return SenderSession.open(family, this.on, this.settings, this.wireLog);
		}
	}

	/** Opens a socket for the caller alone. */
	SenderSession openAnother(InetAddress group) throws IOException {
		this.lock.lock();
		try {
			return open(group);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** A socket that was closed by an interrupt is opened anew. */
	private SenderSession socket(InetAddress group) throws IOException {
		this.lock.lock();
		try {
			if (this.closed) {
				throw new ClosedChannelException();
			}
			ProtocolFamily family = Group.family(group);
			SenderSession socket = this.byFamily.get(family);
			if (socket == null || !socket.isOpen()) {
				socket = open(group);
				this.byFamily.put(family, socket);
			}
			return socket;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Finds out whether there is a route to a group; sends nothing.
	 * @throws IOException when there is none
	 */
	void probe(InetSocketAddress group) throws IOException {
		try (SenderSession socket = openAnother(group.getAddress())) {
			socket.probe(group);
		}
	}

	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.byFamily.values().forEach(SenderSession::close);
		}
		finally {
			this.lock.unlock();
		}
		this.answers.close();
	}

}
