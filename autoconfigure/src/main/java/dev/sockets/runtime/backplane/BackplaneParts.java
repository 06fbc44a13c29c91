package dev.sockets.runtime.backplane;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.event.NodeLeftReason;

/**
 * What the threads of a backplane share.
 *
 * @param node who this node is
 * @param settings how it uses the engine
 * @param engine moves the bytes
 * @param counters counts them
 * @param queue what waits for the engine
 * @param window what has not come back
 * @param sent the same as messages, when they are signed
 * @param clock tells time by what has
 * @param times how long that took
 * @param subscriptions what this node hears
 * @param own the connections here
 * @param peers the other nodes
 * @param differing nodes that do not take part together with this one
 * @param requests what they were asked for
 * @param connected whether the engine has a connection
 * @param regathering whether others are waited for after that
 * @param outage whether this node is cut off
 * @param overload says what is lost as too much waits
 * @param tellers tell the application
 */
record BackplaneParts(ThisNode node, BackplaneSettings settings, BackplaneEngine engine, BackplaneCounters counters,
		OutboundQueue queue, EchoWindow window, OwnMessages sent, EchoClock clock, HeartbeatTimes times,
		Subscriptions subscriptions, OwnConnections own, Peers peers, DifferingSecrets differing,
		RemoteRequests requests, AtomicBoolean connected, Regathering regathering, Outage outage,
		OverloadWarnings overload, Executor tellers) {

	/** How long a channel is heard that nobody needs any more. */
	private static final long LINGER_NANOS = 30_000_000_000L;

	static BackplaneParts of(ThisNode node, BackplaneSettings settings, BackplaneEngine engine, Executor tellers) {
		BackplaneCounters counters = new BackplaneCounters();
		OverloadWarnings overload = new OverloadWarnings(node.id(), counters, System::nanoTime);
		OutboundQueue queue = new OutboundQueue(settings.maxPending(), settings.maxWait().toNanos(), counters,
				overload);
		return new BackplaneParts(node, settings, engine, counters, queue, new EchoWindow(settings.window()),
				new OwnMessages(node.incarnation(), 2L * settings.window()),
				new EchoClock(settings.heartbeatInterval().toNanos(), patience(settings)), new HeartbeatTimes(),
				new Subscriptions(engine, LINGER_NANOS, settings.requestTimeout().toNanos(), queue::wake),
				new OwnConnections(settings.presence(), queue::wake), new Peers(node, counters),
				new DifferingSecrets(settings.heartbeatTimeout().toNanos()),
				new RemoteRequests(settings.maxPendingRequests(), settings.requestTimeout().toNanos(), tellers),
				new AtomicBoolean(), new Regathering(settings.maxWait().toNanos()),
				new Outage(counters, "node '" + node.id() + "' of '" + settings.prefix() + "' by " + engine.name()),
				overload, tellers);
	}

	/** Who asks this node for something gives up later than that. */
	private static long patience(BackplaneSettings settings) {
		return Math.min(settings.requestTimeout().toNanos(), settings.heartbeatTimeout().toNanos()) / 2;
	}

	/** Returns whether what is known of others is up to date. */
	boolean isCurrent() {
		return this.clock.isHearing() && isConnected();
	}

	/** Returns whether this node takes part and the engine has a connection. */
	boolean isConnected() {
		return this.connected.get() && !this.node.isRefused();
	}

	/** Who waits for something that does not come is told on threads of their own. */
	void fail(List<CompletableFuture<Void>> waiting, SocketErrorCode code, String why) {
		waiting.forEach((result) -> this.tellers
			.execute(() -> result.completeExceptionally(new SocketOperationException(code, why))));
	}

	/** This node does not reach or hear the others. */
	void lost(Throwable cause) {
		this.outage.begin(cause);
		this.peers.tell();
	}

	/** A node has gone, and everything that was known of it. */
	void gone(Peer peer, NodeLeftReason reason) {
		if (this.peers.remove(peer, reason)) {
			this.queue.release(this.node.channels().node(peer.node()));
			this.requests.gone(peer);
			this.peers.tell();
		}
	}

}
