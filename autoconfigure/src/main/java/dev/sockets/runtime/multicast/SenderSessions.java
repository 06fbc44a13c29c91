package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.loop.EventLoop;
import dev.sockets.loop.datagram.AnswerPort;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.runtime.FairWait;
import dev.sockets.runtime.WireLog;

/**
 * A sender from its start to its stop: a socket for each family, and one for each request
 * that waits for its answer.
 */
final class SenderSessions {

	private final MulticastSenderSettings settings;

	private final NetworkInterfaces interfaces;

	private @Nullable NetworkInterface on;

	private final WireLog wireLog;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<ProtocolFamily, SenderSession> byFamily = new HashMap<>();

	private final RequestLoop requestLoop;

	private final Set<AnswerPort> requests = new HashSet<>();

	/** Where answers are awaited, from the first request on. */
	private @Nullable EventLoop loop;

	private boolean closed;

	SenderSessions(MulticastSenderSettings settings, NetworkInterfaces interfaces, @Nullable NetworkInterface on,
			RequestLoop requestLoop) {
		this.requestLoop = requestLoop;
		this.settings = settings;
		this.interfaces = interfaces;
		this.on = on;
		this.wireLog = new WireLog(settings.name(), settings.datagrams());
	}

	/**
	 * Sends a datagram.
	 * @throws IOException when the operating system doesn't take it
	 */
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
		SenderSession socket;
		this.lock.lock();
		try {
			socket = open(group.getAddress());
		}
		finally {
			this.lock.unlock();
		}
		try (socket) {
			socket.probe(group);
		}
	}

	/**
	 * Opens a socket for one request.
	 * @param group whom to ask
	 * @param timeout how long to wait for the answer
	 * @throws SocketOperationException when there are too many already
	 */
	AnswerPort openRequest(InetSocketAddress group, Duration timeout) throws IOException {
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
			EventLoop loop = this.loop;
			if (loop == null) {
				loop = this.requestLoop.acquire();
				this.loop = loop;
			}
			SenderSession socket = open(group.getAddress());
			AnswerPort request = new AnswerPort(socket.channel(), loop, timeout);
			this.requests.add(request);
			request.start();
			return request;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Sends the datagram of a request.
	 * @throws IOException when the operating system doesn't take it
	 */
	void send(AnswerPort request, byte[] bytes, InetSocketAddress group) throws IOException {
		request.send(bytes, group);
		if (this.wireLog.isOn()) {
			this.wireLog.sent(group, ByteBuffer.wrap(bytes));
		}
	}

	/** A request was answered. */
	void answered(AnswerPort request, byte[] bytes) {
		if (this.wireLog.isOn()) {
			this.wireLog.received(request.answerer(), ByteBuffer.wrap(bytes));
		}
	}

	void closeRequest(AnswerPort request) {
		request.close();
		this.lock.lock();
		this.requests.remove(request);
		this.lock.unlock();
	}

	/**
	 * Waits for the answer to a request.
	 * @throws SocketOperationException when there is none
	 */
	byte[] await(AnswerPort request, Duration timeout) {
		try {
			return FairWait.get(request.answer(), timeout.toNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
					"The thread was interrupted while it waited for an answer", ex);
		}
		catch (TimeoutException ex) {
			throw failure(ex, timeout);
		}
		catch (ExecutionException ex) {
			throw failure(ex.getCause(), timeout);
		}
	}

	/**
	 * Explains why there is no answer.
	 */
	SocketOperationException failure(@Nullable Throwable cause, Duration timeout) {
		if (cause instanceof TimeoutException) {
			return new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
					"A request was not answered within " + timeout);
		}
		return isClosed()
				? new SocketOperationException(SocketErrorCode.SHUTTING_DOWN,
						"'" + this.settings.name() + "' was stopped before the answer came")
				: new SocketOperationException(SocketErrorCode.RECEIVE_FAILED,
						"The answer could not be received: " + ((cause != null) ? cause.getMessage() : ""), cause);
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
		List<AnswerPort> pending;
		this.lock.lock();
		try {
			this.closed = true;
			this.byFamily.values().forEach(SenderSession::close);
			pending = List.copyOf(this.requests);
			if (this.loop != null) {
				this.loop = null;
				this.requestLoop.release();
			}
		}
		finally {
			this.lock.unlock();
		}
		pending.forEach(AnswerPort::close);
	}

}
