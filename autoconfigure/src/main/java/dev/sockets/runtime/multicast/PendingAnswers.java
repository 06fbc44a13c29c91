package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
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
 * The answers that a sender waits for, from its start to its stop: each request has a
 * socket of its own on the loop for requests. Open to all threads.
 */
final class PendingAnswers {

	private final SenderSessions sockets;

	private final MulticastSenderSettings settings;

	private final RequestLoop requestLoop;

	private final WireLog wireLog;

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<AnswerPort> ports = new HashSet<>();

	/** Where answers are awaited, from the first request on. */
	private @Nullable EventLoop loop;

	private boolean closed;

	PendingAnswers(SenderSessions sockets, MulticastSenderSettings settings, RequestLoop requestLoop, WireLog wireLog) {
		this.sockets = sockets;
		this.settings = settings;
		this.requestLoop = requestLoop;
		this.wireLog = wireLog;
	}

	/**
	 * Opens a socket for one request. One to a single host is answered by that host.
	 * @throws SocketOperationException when there are too many already
	 */
	AnswerPort open(InetSocketAddress group, Duration timeout) throws IOException {
		this.lock.lock();
		try {
			if (this.closed) {
				throw new ClosedChannelException();
			}
			if (this.ports.size() >= this.settings.maxPendingRequests()) {
				throw new SocketOperationException(SocketErrorCode.TOO_MANY_REQUESTS,
						this.settings.maxPendingRequests() + " requests wait for an answer already; see "
								+ this.settings.datagrams().path() + ".max-pending-requests");
			}
			EventLoop loop = this.loop;
			if (loop == null) {
				loop = this.requestLoop.acquire();
				this.loop = loop;
			}
			boolean toMany = group.getAddress().isMulticastAddress() || this.settings.broadcast();
			AnswerPort port = new AnswerPort(this.sockets.openAnother(group.getAddress()).channel(), loop, timeout,
					toMany ? null : group.getAddress());
			this.ports.add(port);
			port.start();
			return port;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Sends the datagram of a request. */
	void send(AnswerPort port, byte[] bytes, InetSocketAddress group) throws IOException {
		port.send(bytes, group);
		if (this.wireLog.isOn()) {
			this.wireLog.sent(group, ByteBuffer.wrap(bytes));
		}
	}

	/** A request was answered. */
	void answered(AnswerPort port, byte[] bytes) {
		if (this.wireLog.isOn()) {
			this.wireLog.received(port.answerer(), ByteBuffer.wrap(bytes));
		}
	}

	void close(AnswerPort port) {
		port.close();
		this.lock.lock();
		this.ports.remove(port);
		this.lock.unlock();
	}

	/**
	 * Waits for the answer to a request.
	 * @throws SocketOperationException when there is none
	 */
	byte[] await(AnswerPort port, Duration timeout) {
		try {
			return FairWait.get(port.answer(), timeout.toNanos());
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

	/** Explains why there is no answer. */
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

	/** Waits for none any more. */
	void close() {
		List<AnswerPort> pending;
		this.lock.lock();
		try {
			this.closed = true;
			pending = List.copyOf(this.ports);
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
