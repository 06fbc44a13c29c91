package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClientSettings;

/**
 * Finds the addresses of a client's peers, for one attempt to connect at a time. Nothing
 * bounds how long that takes or cuts it short, so names are looked up on a thread that
 * nobody waits for, one look at a time: an attempt that comes while an older one's is
 * under way gets what that finds.
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

	private static final Pattern ADDRESS = Pattern
		.compile(".*:.*|" + "%1$s[.]%1$s[.]%1$s[.]%1$s".formatted("(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"));

	private final TcpClientSettings settings;

	private final Resolver resolver;

	private final Executor threads;

	private volatile List<Peer> peers = List.of();

	private volatile @Nullable Peer chosen;

	private @Nullable CompletableFuture<Result> waiting;

	private boolean looking;

	/**
	 * Creates a resolver.
	 * @param settings say who the peers are
	 * @param resolver finds addresses
	 * @param threads runs what may take long
	 */
	PeerResolver(TcpClientSettings settings, Resolver resolver, Executor threads) {
		this.settings = settings;
		this.resolver = resolver;
		this.threads = threads;
	}

	/**
	 * Returns the peers that were looked up last.
	 * @return the peers; none before the first time
	 */
	List<Peer> peers() {
		return this.peers;
	}

	/**
	 * Has one peer from now on, whoever they were.
	 * @param peer the peer
	 */
	void choose(Peer peer) {
		this.chosen = peer;
	}

	/**
	 * Looks the peers up.
	 * @param nanos how long that may take
	 * @return completed with what was found, which is nothing when it takes longer; by
	 * any thread
	 */
	CompletableFuture<Result> find(long nanos) {
		if (needsNoLook()) {
			return CompletableFuture.completedFuture(resolve());
		}
		IOException late = new SocketTimeoutException("The name of the peer was not resolved within the deadline");
		CompletableFuture<Result> found = new CompletableFuture<Result>().completeOnTimeout(nothing(late), nanos,
				TimeUnit.NANOSECONDS);
		if (beginsToLook(found)) {
			try {
				this.threads.execute(this::look);
			}
			catch (RejectedExecutionException | OutOfMemoryError ex) {
				ended(failed(ex));
			}
		}
		return found;
	}

	private boolean needsNoLook() {
		return (this.chosen != null || this.settings.peerSource() == null)
				&& currentPeers().stream().allMatch((peer) -> ADDRESS.matcher(peer.host()).matches());
	}

	private List<Peer> currentPeers() {
		Peer chosen = this.chosen;
		return (chosen != null) ? List.of(chosen) : this.settings.peers();
	}

	private synchronized boolean beginsToLook(CompletableFuture<Result> found) {
		boolean begins = !this.looking;
		this.looking = true;
		this.waiting = found;
		return begins;
	}

	private void look() {
		Result result;
		try {
			result = resolve();
		}
		catch (Throwable ex) {
			result = failed(ex);
		}
		ended(result);
	}

	private void ended(Result result) {
		CompletableFuture<Result> waiting;
		synchronized (this) {
			waiting = this.waiting;
			this.waiting = null;
			this.looking = false;
		}
		if (waiting != null) {
			waiting.complete(result);
		}
	}

	private static Result failed(Throwable cause) {
		return nothing(new IOException("The name of the peer cannot be resolved", cause));
	}

	private static Result nothing(IOException failure) {
		return new Result(List.of(), failure);
	}

	private Result resolve() {
		List<InetSocketAddress> addresses = new ArrayList<>();
		IOException failure = null;
		List<Peer> peers = currentPeers();
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
