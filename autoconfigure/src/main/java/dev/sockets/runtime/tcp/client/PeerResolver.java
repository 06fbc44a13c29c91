package dev.sockets.runtime.tcp.client;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.TcpClientSettings;

/**
 * Finds the addresses of a client's peers, for one attempt to connect at a time. Nothing
 * bounds how long that takes or cuts it short, so names are looked up on a thread that
 * nobody waits for, one look at a time: an attempt that comes while an older one's is
 * under way gets what that finds.
 */
final class PeerResolver {

	private final TargetPeers peers;

	private final Executor threads;

	private @Nullable CompletableFuture<ResolvedPeers> waiting;

	private boolean looking;

	/**
	 * Creates a resolver.
	 * @param settings say who the peers are
	 * @param resolver finds addresses
	 * @param threads runs what may take long
	 */
	PeerResolver(TcpClientSettings settings, HostResolver resolver, Executor threads) {
		this.peers = new TargetPeers(settings, resolver);
		this.threads = threads;
	}

	TargetPeers peers() {
		return this.peers;
	}

	/**
	 * Looks the peers up.
	 * @param nanos how long that may take
	 * @return completed with what was found, which is nothing when it takes longer; by
	 * any thread
	 */
	CompletableFuture<ResolvedPeers> find(long nanos) {
		if (this.peers.areAddresses()) {
			return CompletableFuture.completedFuture(this.peers.resolve());
		}
		ResolvedPeers late = ResolvedPeers
			.none(new SocketTimeoutException("The name of the peer was not resolved within the deadline"));
		CompletableFuture<ResolvedPeers> found = new CompletableFuture<ResolvedPeers>().completeOnTimeout(late, nanos,
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

	private synchronized boolean beginsToLook(CompletableFuture<ResolvedPeers> found) {
		boolean begins = !this.looking;
		this.looking = true;
		this.waiting = found;
		return begins;
	}

	private void look() {
		ResolvedPeers result;
		try {
			result = this.peers.resolve();
		}
		catch (Throwable ex) {
			result = failed(ex);
		}
		ended(result);
	}

	private void ended(ResolvedPeers result) {
		CompletableFuture<ResolvedPeers> waiting;
		synchronized (this) {
			waiting = this.waiting;
			this.waiting = null;
			this.looking = false;
		}
		if (waiting != null) {
			waiting.complete(result);
		}
	}

	private static ResolvedPeers failed(Throwable cause) {
		return ResolvedPeers.none(new IOException("The name of the peer cannot be resolved", cause));
	}

}
