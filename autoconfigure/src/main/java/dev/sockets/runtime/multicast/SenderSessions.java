package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.runtime.WireLog;

/**
 * A sender from its start to its stop: a socket for each family, and one for each request
 * that waits for its answer.
 */
final class SenderSessions {

	private final MulticastSenderSettings settings;

	private final @Nullable NetworkInterface on;

	private final WireLog wireLog;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<ProtocolFamily, SenderSession> byFamily = new HashMap<>();

	private final Set<SenderSession> requests = new HashSet<>();

	private boolean closed;

	SenderSessions(MulticastSenderSettings settings, @Nullable NetworkInterface on) {
		this.settings = settings;
		this.on = on;
		this.wireLog = new WireLog(settings.name(), settings.datagrams());
	}

	/**
	 * Sends a datagram.
	 * @throws IOException when the operating system doesn't take it
	 */
	void send(byte[] bytes, InetSocketAddress group) throws IOException {
		SenderSession socket = socket(group.getAddress());
		try {
			socket.send(bytes, group);
		}
		catch (ClosedChannelException ex) {
			socket(group.getAddress()).send(bytes, group);
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
				socket = SenderSession.open(family, this.on, this.settings, this.wireLog);
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
		try (SenderSession socket = SenderSession.open(Group.family(group.getAddress()), this.on, this.settings,
				this.wireLog)) {
			socket.probe(group);
		}
	}

	/**
	 * Opens a socket for one request.
	 * @throws SocketOperationException when there are too many already
	 */
	SenderSession openRequest(InetSocketAddress group) throws IOException {
		this.lock.lock();
		try {
			if (this.closed) {
				throw new ClosedChannelException();
			}
			if (this.requests.size() >= this.settings.maxPendingRequests()) {
				throw new SocketOperationException(SocketErrorCode.TOO_MANY_REQUESTS,
						this.settings.maxPendingRequests() + " requests wait for an answer already; see "
								+ this.settings.datagrams().path() + ".max-pending-requests");
			}
			SenderSession socket = SenderSession.open(Group.family(group.getAddress()), this.on, this.settings,
					this.wireLog);
			this.requests.add(socket);
			return socket;
		}
		finally {
			this.lock.unlock();
		}
	}

	void closeRequest(SenderSession socket) {
		socket.close();
		this.lock.lock();
		this.requests.remove(socket);
		this.lock.unlock();
	}

	/**
	 * Waits for the answer to a request.
	 * @throws SocketOperationException when there is none
	 */
	byte[] answer(SenderSession socket, Duration timeout) {
		try {
			return socket.receive((int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE)));
		}
		catch (SocketTimeoutException ex) {
			throw new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
					"A request was not answered within " + timeout);
		}
		catch (IOException ex) {
			if (Thread.currentThread().isInterrupted()) {
				throw new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
						"The thread was interrupted while it waited for an answer", ex);
			}
			throw isClosed()
					? new SocketOperationException(SocketErrorCode.SHUTTING_DOWN,
							"'" + this.settings.name() + "' was stopped before the answer came")
					: new SocketOperationException(SocketErrorCode.RECEIVE_FAILED,
							"The answer could not be received: " + ex.getMessage(), ex);
		}
	}

	private boolean isClosed() {
		this.lock.lock();
		try {
			return this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.byFamily.values().forEach(SenderSession::close);
			this.requests.forEach(SenderSession::close);
		}
		finally {
			this.lock.unlock();
		}
	}

}
