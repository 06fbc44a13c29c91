package dev.sockets.runtime.tcp.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.EndpointRun;

/**
 * One attempt of a client to connect: tries every address of every peer, in turn, until
 * one takes the connection.
 */
final class ConnectAttempt {

	/** For how long names are not looked up again; more often would find nothing new. */
	private static final long USED_AGAIN = Duration.ofSeconds(1).toNanos();

	private final CompletableFuture<DefaultConnection> result = new CompletableFuture<>();

	private final UntriedAddresses addresses;

	private final int number;

	private final EndpointRun run;

	private volatile IOException cause = new IOException("There is no address to connect to");

	private volatile boolean hasFailed;

	private volatile @Nullable SocketOperationException givenUp;

	private volatile @Nullable DefaultConnection connecting;

	private boolean resolving;

	private @Nullable ResolvedPeers resolved;

	private long resolvedAt;

	/**
	 * Creates an attempt.
	 * @param number how many attempts there were
	 * @param nanos the time, which stands still while this side is held up
	 * @param timeout how long it may take
	 * @param run what the registry expects it in until it has begun
	 */
	ConnectAttempt(int number, LongSupplier nanos, Duration timeout, EndpointRun run) {
		this.number = number;
		this.run = run;
		this.addresses = new UntriedAddresses(nanos, timeout.toNanos());
	}

	CompletableFuture<DefaultConnection> result() {
		return this.result;
	}

	int number() {
		return this.number;
	}

	/** Returns what the registry knows it by until it has begun. */
	EndpointRun run() {
		return this.run;
	}

	/**
	 * Returns what an attempt that has failed ends with.
	 * @param what what has failed, to be followed by why
	 */
	SocketOperationException failure(String what) {
		IOException cause = this.cause;
		return new SocketOperationException(code(cause), what + ": " + FailureText.message(cause), cause);
	}

	/**
	 * Returns whether the peer that was tried last does not let this side in.
	 * @return whether it is of no use to try again soon
	 */
	boolean isRefused() {
		return code(this.cause) == SocketErrorCode.AUTHENTICATION_FAILED;
	}

	private static SocketErrorCode code(IOException cause) {
		if (cause.getCause() instanceof SocketOperationException known) {
			return known.getCode();
		}
		return (cause instanceof SocketTimeoutException) ? SocketErrorCode.CONNECT_TIMEOUT
				: SocketErrorCode.CONNECT_FAILED;
	}

	/**
	 * Returns whether names are being resolved. Guarded by the connector's lock.
	 * @return whether the attempt is held up by that
	 */
	boolean isResolving() {
		return this.resolving;
	}

	void resolving(boolean resolving) {
		this.resolving = resolving;
	}

	/**
	 * Takes the addresses to try. When the time ends while they are looked up once more,
	 * what has failed before is what there is to know.
	 * @param result what was found
	 */
	void resolved(ResolvedPeers result) {
		if (result != this.resolved) {
			this.resolved = result;
			this.resolvedAt = System.nanoTime();
		}
		this.addresses.add(result.addresses());
		IOException failure = result.failure();
		if (failure != null && !(this.hasFailed && failure instanceof SocketTimeoutException)) {
			failed(failure);
		}
	}

	/**
	 * Returns what was found, unless that is too long ago to be used once more.
	 * @return {@code null} when it has to be looked up
	 */
	@Nullable ResolvedPeers resolvedLately() {
		return (System.nanoTime() - this.resolvedAt < USED_AGAIN) ? this.resolved : null;
	}

	long nanosLeft() {
		return this.addresses.nanosLeft();
	}

	/**
	 * Returns the address to try next.
	 * @return the address; {@code null} when none or no time is left
	 */
	@Nullable InetSocketAddress next() {
		if (this.addresses.areLate()) {
			failed(new SocketTimeoutException("No connection within the deadline"));
			return null;
		}
		return this.addresses.next();
	}

	/** Returns how many nanoseconds the address that was taken last may be tried. */
	long nanosForThis() {
		return this.addresses.nanosForThis();
	}

	void failed(IOException cause) {
		this.cause = cause;
		this.hasFailed = true;
	}

	/**
	 * A connection is about to be made.
	 * @param connection the connection
	 */
	void connecting(DefaultConnection connection) {
		this.connecting = connection;
		if (this.givenUp != null) {
			connection.channel().abort();
		}
	}

	/**
	 * Returns why the attempt was given up.
	 * @return the reason; {@code null} when it was not
	 */
	@Nullable SocketOperationException givenUp() {
		return this.givenUp;
	}

	/**
	 * Ends the attempt at once for those who wait for it.
	 * @param reason what they get
	 */
	void giveUp(SocketOperationException reason) {
		this.givenUp = reason;
		DefaultConnection connecting = this.connecting;
		if (connecting != null) {
			connecting.channel().abort();
		}
		this.result.completeExceptionally(reason);
	}

}
