package dev.sockets.runtime.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.MessageObserver;

/**
 * What requests need of the connection that they go over. Usable from any thread.
 */
public interface RpcLink {

	/**
	 * Returns the connection.
	 * @return the connection
	 */
	Connection connection();

	/**
	 * Sends a payload without waiting.
	 * @param payload what to send
	 * @param gathered whether others are sent at about the same time, so that it pays to
	 * write them together
	 * @param failed told why it was not sent; {@code null} when nobody wants to know
	 * @throws SocketOperationException when it cannot be encoded, or the connection is
	 * closed
	 */
	void send(Object payload, boolean gathered, @Nullable Consumer<Throwable> failed);

	/**
	 * What was received last waits to be handled. Called by the reading thread.
	 * @return how many bytes it is; to be {@linkplain #release released}
	 */
	long hold();

	/**
	 * What has waited is handled, or will not be.
	 * @param bytes how many bytes it was
	 */
	void release(long bytes);

	/**
	 * Returns the time for deadlines of requests, which stands still while nobody can
	 * read the answers.
	 * @return nanoseconds, to be compared with no other clock
	 */
	long nanos();

	/**
	 * Sends what belongs to the wire itself, without waiting. The application is not told
	 * of it, as it may hold a secret.
	 * @param payload what to send
	 * @throws SocketOperationException when it cannot be encoded
	 */
	void sendUnseen(Object payload);

	/**
	 * The peer has shown that it belongs here, so the deadline for that is over. Called
	 * by who reads, before the peer is told so.
	 * @return {@code false} when it is not let in all the same, as its address was banned
	 * meanwhile: it is to be told nothing then
	 */
	boolean authenticated();

	/** The application may know of the connection. Called by who reads or ticks. */
	void admitted();

	/**
	 * The application is never to know of the connection. Called by who reads or ticks.
	 * @param cause why
	 * @param closeAfter how long the peer is given to read why and to close the
	 * connection itself, in nanoseconds
	 */
	void refused(SocketOperationException cause, long closeAfter);

	/** The peer has told its identity. Called by who reads. */
	void identified();

	/**
	 * Returns what has the connection's event loop run short tasks.
	 * @param threads to be returned when the loop is to run none
	 * @param elsewhere runs tasks while one takes long; does not throw
	 * @return runs them after what the loop is serving
	 */
	Executor loop(Executor threads, Executor elsewhere);

	/**
	 * Says that the calling thread is about to wait for what comes over this connection,
	 * so that another one reads that if need be.
	 * @return {@code false} when nobody would read it meanwhile
	 */
	boolean letWait();

	/**
	 * A request is sent.
	 * @param result completed when it ends
	 * @param payload the request
	 */
	void requested(CompletableFuture<?> result, Object payload);

	/**
	 * A request of the peer is handled by the calling thread.
	 * @param payload the request
	 * @param answered whether the peer waits for an answer
	 * @return told when the handler returns, by the same thread
	 */
	MessageObserver.Observed handling(Object payload, boolean answered);

	/**
	 * A request of the peer was handled.
	 * @param nanos how long it took until its result was there
	 */
	void handled(long nanos);

	/**
	 * Counts a failure that nobody is told of.
	 * @param code what has failed
	 */
	void failed(SocketErrorCode code);

	/**
	 * Tells the application that a message of the peer was malformed.
	 * @param cause what is wrong
	 */
	void malformed(SocketOperationException cause);

	/**
	 * Tells the application that a handler has failed by a fault of its own, or that
	 * nobody else will know of it; closes the connection if that is configured.
	 * @param failure what it threw
	 */
	void handlerFailed(Throwable failure);

}
