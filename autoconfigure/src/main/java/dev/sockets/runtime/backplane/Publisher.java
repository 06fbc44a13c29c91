package dev.sockets.runtime.backplane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import dev.sockets.backplane.Outgoing;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.backplane.frame.BodyWriter;
import dev.sockets.runtime.backplane.frame.Changes;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.runtime.backplane.frame.FrameSignature;
import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.FrameWriter;

/**
 * The thread that gives the engine what is to go out, one burst after the other, and does
 * what comes due: heartbeats, changes, deadlines.
 */
final class Publisher implements Runnable {

	private static final SafeLog logger = SafeLog.of(Publisher.class);

	private static final int BURST_BYTES = 64 * 1024;

	private static final int MOST_CHANGES = 500;

	private static final long CHANGES_NANOS = 100_000_000;

	private static final long DUE_NANOS = 50_000_000;

	private final BackplaneParts parts;

	private final Housekeeping housekeeping;

	private final FrameWriter writer;

	private final byte[] goodbye = new byte[] { 0 };

	private long changedAt;

	private boolean alone;

	private volatile boolean stopping;

	private @Nullable Thread thread;

	Publisher(BackplaneParts parts) {
		this.parts = parts;
		this.housekeeping = new Housekeeping(parts);
		String secret = parts.settings().secret();
		this.writer = new FrameWriter(parts.node().incarnation(), (secret != null) ? new FrameSignature(secret) : null);
	}

	void start() {
		this.stopping = false;
		this.alone = false;
		Thread publisher = new Thread(this, "sockets-backplane");
		publisher.setDaemon(true);
		this.thread = publisher;
		publisher.start();
	}

	/**
	 * Says goodbye, and waits for the thread, which ends soon whatever the engine does.
	 */
	void stop() {
		this.stopping = true;
		this.parts.queue().wake();
		Thread publisher = this.thread;
		if (publisher != null) {
			try {
				publisher.join(TimeUnit.SECONDS.toMillis(2));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public void run() {
		while (!this.stopping) {
			try {
				if (this.parts.node().isRefused()) {
					alone(System.nanoTime());
				}
				else {
					turn(System.nanoTime());
				}
			}
			catch (InterruptedException ex) {
				return;
			}
			catch (Throwable ex) {
				logger.error("The backplane goes on after a failure", ex);
			}
		}
		end();
	}

	private void end() {
		try {
			if (this.parts.isConnected()) {
				publish(List.of(this.parts.queue()
					.first(this.parts.node().channels().nodes(), FrameType.GOODBYE, this.goodbye)));
			}
		}
		catch (InterruptedException ex) {
			// Others find out by themselves.
		}
	}

	/**
	 * Another node has the id of this one, which publishes nothing until that is gone.
	 */
	private void alone(long now) throws InterruptedException {
		if (!this.alone) {
			this.alone = true;
			this.housekeeping.stayAlone();
		}
		this.housekeeping.run(now);
		if (this.parts.connected().get() && this.parts.node().isIdFree(now)) {
			this.alone = false;
			this.housekeeping.takePart(now);
		}
		else {
			this.parts.queue().await(DUE_NANOS, false);
		}
	}

	private void turn(long now) throws InterruptedException {
		this.housekeeping.run(now);
		if (!this.parts.isConnected()) {
			this.parts.queue().take(0);
			this.parts.queue().await(DUE_NANOS, false);
			return;
		}
		offerParts();
		List<PendingFrame> burst = due(now);
		boolean held = this.parts.regathering().isAwaited(this.parts.peers().all(), now);
		burst.addAll(this.parts.queue().take(held ? 0 : Math.min(BURST_BYTES, this.parts.window().room())));
		if (burst.isEmpty()) {
			boolean room = !held && this.parts.window().room() > 0;
			this.parts.queue().await(held ? Math.min(DUE_NANOS, untilDue(now)) : untilDue(now), room);
		}
		else {
			publish(burst);
		}
	}

	/** Messages have at least half of the room, and part of each burst. */
	private void offerParts() {
		boolean room = this.parts.queue().pending() <= this.parts.settings().maxPending() / 2;
		while (room) {
			SnapshotQueue.Part part = this.parts.own().takePart();
			if (part == null) {
				return;
			}
			Peer asker = this.parts.peers().find(part.asker());
			if (asker != null) {
				this.parts.queue()
					.offer(this.parts.node().channels().node(asker.node()), FrameType.SNAPSHOT,
							part.part().write(this.parts.node().id()));
			}
			room = this.parts.queue().pending() < BURST_BYTES;
		}
	}

	/** Changes go before the heartbeat that says how many there were. */
	private List<PendingFrame> due(long now) {
		List<PendingFrame> due = new ArrayList<>();
		boolean beats = this.parts.clock().untilNext(now) <= 0 && isHeard();
		int untold = this.parts.own().untold();
		if (untold > 0 && this.changedAt == 0) {
			this.changedAt = now;
		}
		if (untold > 0 && (beats || untold >= MOST_CHANGES || now - this.changedAt >= CHANGES_NANOS)) {
			this.changedAt = 0;
			Changes changes;
			while ((changes = this.parts.own().take(MOST_CHANGES)) != null) {
				due.add(first(FrameType.CHANGES, changes.write(this.parts.node().id())));
			}
		}
		if (beats) {
			PendingFrame heartbeat = first(FrameType.HEARTBEAT,
					this.parts.node()
						.heartbeat(this.parts.own().told(), this.parts.peers())
						.write(new BodyWriter(256))
						.toByteArray());
			this.parts.clock().sent(heartbeat.sequence(), now);
			this.parts.times().sent(heartbeat.sequence(), now);
			due.add(heartbeat);
		}
		return due;
	}

	/**
	 * What is sent before could not come back, and who is told of a server sends to it at
	 * once.
	 */
	private boolean isHeard() {
		ChannelNames channels = this.parts.node().channels();
		return isHeard(channels.nodes()) && isHeard(this.parts.node().channel())
				&& this.parts.peers().servers().stream().allMatch((server) -> isHeard(channels.all(server.name())));
	}

	private boolean isHeard(String channel) {
		return this.parts.subscriptions().isHeard(channel);
	}

	private PendingFrame first(FrameType type, byte[] body) {
		return this.parts.queue().first(this.parts.node().channels().nodes(), type, body);
	}

	private long untilDue(long now) {
		long due = Math.max(1_000_000, this.parts.clock().untilNext(now));
		if (this.parts.own().untold() > 0) {
			due = Math.min(due, Math.max(1_000_000, this.changedAt + CHANGES_NANOS - now));
		}
		return (this.housekeeping.isBusy() || !isHeard()) ? Math.min(due, DUE_NANOS) : due;
	}

	private void publish(List<PendingFrame> burst) throws InterruptedException {
		List<Outgoing> messages = new ArrayList<>();
		for (int from = 0; from < burst.size();) {
			String channel = burst.get(from).channel();
			boolean heard = isHeard(channel);
			BodyWriter message = new BodyWriter(burst.get(from).size());
			for (; from < burst.size() && burst.get(from).channel().equals(channel); from++) {
				PendingFrame frame = burst.get(from);
				this.writer.append(message, frame.type(), frame.sequence(), frame.body(), frame.tail());
				if (heard) {
					this.parts.window().issued(frame);
				}
			}
			this.writer.end(message, channel);
			Outgoing outgoing = new Outgoing(channel, message.toByteArray());
			if (heard && this.parts.settings().secret() != null) {
				this.parts.sent().sent(outgoing);
			}
			messages.add(outgoing);
		}
		await(this.parts.engine().publish(messages).toCompletableFuture(), burst.size());
	}

	/**
	 * The next burst waits for this one, as it would overtake it. Time that this node is
	 * held up does not count, as it could not hear of the end then.
	 */
	private void await(CompletableFuture<Void> published, int frames) throws InterruptedException {
		long most = Math.max(this.parts.settings().maxWait().toNanos(),
				3 * this.parts.settings().heartbeatInterval().toNanos());
		for (long waited = 0; waited < most && !this.stopping; waited += DUE_NANOS) {
			try {
				published.get(DUE_NANOS, TimeUnit.NANOSECONDS);
				this.parts.counters().publish(frames);
				return;
			}
			catch (TimeoutException ex) {
				this.housekeeping.run(System.nanoTime());
			}
			catch (ExecutionException ex) {
				break;
			}
		}
		if (published.isDone() && !published.isCompletedExceptionally()) {
			this.parts.counters().publish(frames);
		}
		else {
			this.parts.counters().drop(DropReason.UNCONFIRMED, frames);
		}
	}

}
