package dev.sockets.runtime.tcp.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.WaitingMessage;
import dev.sockets.tcp.TcpClientSettings;

/**
 * Sends a client's messages without waiting: over its connection, or over the next one as
 * soon as there is one. Open to all threads; shares the connector's lock, so that what
 * waits leaves before what is sent later.
 */
final class ClientSender {

	private final Connector connector;

	private final TcpClientSettings settings;

	private final ReentrantLock lock;

	private final ReconnectPlan plan;

	private final OfflineBuffer offline;

	ClientSender(Connector connector, TcpClientSettings settings, ReentrantLock lock, ReconnectPlan plan,
			OfflineBuffer offline) {
		this.connector = connector;
		this.settings = settings;
		this.lock = lock;
		this.plan = plan;
		this.offline = offline;
	}

	/**
	 * Sends a message as soon as there is a connection.
	 * @param payload what to send; {@code Optional.empty()} in place of null
	 * @return completed when it was sent; failed when it could not be, or there is
	 * neither a connection nor room to wait for one
	 */
	CompletableFuture<Void> send(Object payload) {
		DefaultConnection connection = this.connector.connection();
		if (connection != null) {
			return connection.sendAsync(payload);
		}
		if (this.settings.bufferWhenDisconnected() == 0) {
			return CompletableFuture.failedFuture(this.connector.notConnected());
		}
		return sendOrBuffer(payload);
	}

	private CompletableFuture<Void> sendOrBuffer(Object payload) {
		WaitingMessage message;
		try {
			message = WaitingMessage.of(payload, this.settings.connection());
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		DefaultConnection connection = connectionOrBuffer(message);
		return (connection != null) ? connection.sendAsync(payload) : message.result();
	}

	/**
	 * Returns the connection that is there by now, or lets the message wait for the next.
	 * @return the connection; {@code null} when the message's own result tells the rest
	 */
	private @Nullable DefaultConnection connectionOrBuffer(WaitingMessage message) {
		this.lock.lock();
		try {
			DefaultConnection connection = this.connector.connection();
			if (connection != null || (this.plan.isWanted() && this.offline.offer(message))) {
				return connection;
			}
		}
		finally {
			this.lock.unlock();
		}
		message.result().completeExceptionally(this.connector.notConnected());
		return null;
	}

}
