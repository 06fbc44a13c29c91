package dev.sockets.runtime.tcp.client;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.Callbacks;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.EndpointRun;

/**
 * Finds the addresses that an attempt to connect tries. A client that stops does not wait
 * for names to be resolved, so the registry expects no attempt meanwhile.
 */
final class AddressSearch {

	private final Executor threads;

	private final ConnectionRegistry registry;

	private final PeerResolver resolver;

	private final ReentrantLock lock;

	private final Consumer<ConnectAttempt> found;

	/**
	 * Creates a search.
	 * @param threads go on with attempts whose addresses are found
	 * @param registry told how many attempts there are
	 * @param resolver finds addresses
	 * @param lock the connector's
	 * @param found goes on with an attempt, which the registry expects
	 */
	AddressSearch(Executor threads, ConnectionRegistry registry, PeerResolver resolver, ReentrantLock lock,
			Consumer<ConnectAttempt> found) {
		this.threads = threads;
		this.registry = registry;
		this.resolver = resolver;
		this.lock = lock;
		this.found = found;
	}

	/**
	 * Begins to search, unless the attempt was given up; {@link #find} is to follow.
	 * @param attempt the attempt
	 * @return whether it has begun
	 */
	boolean begin(ConnectAttempt attempt) {
		this.lock.lock();
		try {
			attempt.resolving(attempt.givenUp() == null);
			return attempt.isResolving();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Searches. An attempt that tries again all the time uses for a while what was found.
	 * @param attempt the attempt
	 */
	void find(ConnectAttempt attempt) {
		ResolvedPeers recent = attempt.resolvedLately();
		if (recent != null) {
			resolved(attempt, recent);
			return;
		}
		this.resolver.find(attempt.nanosLeft())
			.thenAcceptAsync((peers) -> resolved(attempt, peers), this.threads)
			.exceptionally((failure) -> {
				resolved(attempt, ResolvedPeers.none(new IOException("The peer was not found", failure)));
				return null;
			});
	}

	private void resolved(ConnectAttempt attempt, ResolvedPeers peers) {
		EndpointRun run = end(attempt);
		if (run != null) {
			attempt.resolved(peers);
			try {
				Callbacks.run(() -> this.found.accept(attempt));
			}
			finally {
				this.registry.forget(run);
			}
		}
	}

	/**
	 * Returns what the registry knows the attempt by; {@code null} when it does not go
	 * on.
	 */
	private @Nullable EndpointRun end(ConnectAttempt attempt) {
		this.lock.lock();
		try {
			boolean goesOn = attempt.isResolving() && attempt.givenUp() == null;
			attempt.resolving(false);
			return goesOn ? this.registry.expect() : null;
		}
		finally {
			this.lock.unlock();
		}
	}

}
