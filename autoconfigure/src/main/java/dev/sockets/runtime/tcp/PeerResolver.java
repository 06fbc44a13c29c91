package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.Peer;

/**
 * Finds the addresses of a client's peers. Nothing bounds how long that takes or cuts it
 * short, so it happens on a thread of its own. There is one at a time: who comes while it
 * is under way waits for the same.
 */
final class PeerResolver {

	/** Finds the addresses of a host. */
	interface Resolver {

		InetAddress[] resolve(String host) throws UnknownHostException;

	}

	/**
	 * What was found.
	 *
	 * @param addresses the addresses of all peers, in their order
	 * @param failure why some are missing; {@code null} when none is
	 */
	record Result(List<InetSocketAddress> addresses, @Nullable IOException failure) {

	}

	private final String name;

	private final Supplier<List<Peer>> source;

	private final Resolver resolver;

	private volatile List<Peer> peers = List.of();

	private @Nullable CompletableFuture<Result> underWay;

	PeerResolver(String name, Supplier<List<Peer>> source, Resolver resolver) {
		this.name = name;
		this.source = source;
		this.resolver = resolver;
	}

	/**
	 * Returns the peers that were looked up last.
	 * @return the peers; none before the first time
	 */
	List<Peer> peers() {
		return this.peers;
	}

	/**
	 * Looks the peers up.
	 * @param nanos how long to wait
	 * @return what was found; nothing when it takes longer or the thread is interrupted
	 */
	Result get(long nanos) {
		try {
			return begin().get(nanos, TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return nothing(new SocketTimeoutException("The name of the peer was not resolved within the deadline"));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return nothing(new InterruptedIOException("The thread was interrupted while a name was resolved"));
		}
		catch (ExecutionException ex) {
			return nothing(new IOException("The name of the peer cannot be resolved", ex.getCause()));
		}
	}

	private static Result nothing(IOException failure) {
		return new Result(List.of(), failure);
	}

	private synchronized CompletableFuture<Result> begin() {
		CompletableFuture<Result> underWay = this.underWay;
		if (underWay == null || underWay.isDone()) {
			underWay = new CompletableFuture<>();
			this.underWay = underWay;
			CompletableFuture<Result> begun = underWay;
			Thread thread = new Thread(() -> complete(begun), "sockets-lookup-" + this.name);
			thread.setDaemon(true);
			thread.start();
		}
		return underWay;
	}

	private void complete(CompletableFuture<Result> result) {
		try {
			result.complete(resolve());
		}
		catch (Throwable ex) {
			result.completeExceptionally(ex);
		}
	}

	private Result resolve() {
		List<InetSocketAddress> addresses = new ArrayList<>();
		IOException failure = null;
		List<Peer> peers = this.source.get();
		this.peers = peers;
		for (Peer peer : peers) {
			try {
				for (InetAddress address : this.resolver.resolve(peer.host())) {
					addresses.add(new InetSocketAddress(address, peer.port()));
				}
			}
			catch (UnknownHostException ex) {
				failure = new UnknownHostException("Unknown host '" + peer.host() + "'");
			}
			catch (RuntimeException ex) {
				failure = new IOException("The host '" + peer.host() + "' cannot be resolved", ex);
			}
		}
		return new Result(addresses, failure);
	}

}
