package dev.sockets.runtime.tcp.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.loop.EventLoop;
import dev.sockets.runtime.FairWait;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.tcp.TcpClient;

/**
 * Waits for a client's connection on the thread of who wants it.
 *
 * @param client the client
 * @param hold for how long an open connection may be held back
 */
record ConnectWait(TcpClient client, Duration hold) {

	/** More than the attempt itself takes to give up, and its listeners may take. */
	private static final Duration MARGIN = Duration.ofMillis(2500);

	/**
	 * Requires that the calling thread may wait.
	 * @throws IllegalStateException when it must not
	 */
	void require() {
		if (!EventLoop.mayWait()) {
			throw new IllegalStateException("A handler with dispatch: loop cannot wait for " + this.client
					+ " to connect; use another dispatch");
		}
	}

	/**
	 * Waits.
	 * @param result completed with the connection
	 * @param timeout how long the attempt may take
	 * @return the connection
	 * @throws SocketOperationException when there is none
	 */
	DefaultConnection get(CompletableFuture<DefaultConnection> result, Duration timeout) {
		return await(result, timeout);
	}

	/**
	 * Waits for what comes of a connection that is made for it.
	 * @param result completed with it
	 * @param timeout how long that may take
	 * @return the result
	 * @throws SocketOperationException when there is none
	 */
	<T extends @Nullable Object> T await(CompletableFuture<T> result, Duration timeout) {
		try {
			return FairWait.get(result, timeout.plus(this.hold).plus(MARGIN).toNanos());
		}
		catch (TimeoutException ex) {
			throw new SocketOperationException(SocketErrorCode.CONNECT_TIMEOUT,
					this.client + " has not connected within " + timeout.toMillis() + " ms", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SocketOperationException(SocketErrorCode.CONNECT_FAILED,
					"The thread was interrupted while " + this.client + " connected", ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof SocketOperationException failure) {
				throw new SocketOperationException(failure.getCode(), String.valueOf(failure.getMessage()), failure);
			}
			throw new IllegalStateException(ex.getCause());
		}
	}

}
