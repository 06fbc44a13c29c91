package dev.sockets.runtime.handshake;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

import org.jspecify.annotations.Nullable;

/**
 * The few threads on which an endpoint asks its authenticator at a time, which may block
 * or compute for long. Who comes then waits: the addresses have their turn one after
 * another, and none has all threads, so that whoever asks often is in his own way only.
 * Open to all threads.
 */
final class AuthenticatorThreads {

	/** Enough for one that waits, and no more than computes while others are served. */
	static final int MOST = 16;

	/** Of one address. */
	static final int MOST_OF_ONE = MOST / 2;

	private final Executor executor;

	/**
	 * By address, who is to be next first; guarded by this object's monitor, as is what
	 * they hold.
	 */
	private final Map<InetAddress, Line> lines = new LinkedHashMap<>();

	/** Guarded by this object's monitor. */
	private int busy;

	AuthenticatorThreads(Executor executor) {
		this.executor = executor;
	}

	/**
	 * Runs a task on one of the threads.
	 * @param peer stands for who has asked for it
	 * @param task throws nothing
	 * @return taken back, or interrupted, by {@link #cancel}
	 */
	Turn submit(InetAddress peer, Runnable task) {
		Turn turn = new Turn(peer, task);
		if (mayBegin(turn)) {
			try {
				this.executor.execute(() -> run(turn));
			}
			catch (Throwable ex) {
				ended(turn);
				throw ex;
			}
		}
		return turn;
	}

	/**
	 * Nobody wants the end of a task any more.
	 * @param turn what {@link #submit} has returned
	 */
	void cancel(Turn turn) {
		turn.cancel(true);
		synchronized (this) {
			Line line = this.lines.get(turn.peer);
			if (line != null) {
				line.waiting.remove(turn);
				forgetIfEmpty(turn.peer, line);
			}
		}
	}

	private synchronized boolean mayBegin(Turn turn) {
		Line line = this.lines.computeIfAbsent(turn.peer, (peer) -> new Line());
		if (this.busy == MOST || line.busy == MOST_OF_ONE) {
			line.waiting.add(turn);
			return false;
		}
		begin(line);
		return true;
	}

	private void run(Turn first) {
		Turn turn = first;
		while (turn != null) {
			turn.run();
			// meant for the task that has ended
			Thread.interrupted();
			turn = next(turn);
		}
	}

	private synchronized @Nullable Turn next(Turn last) {
		ended(last);
		for (Map.Entry<InetAddress, Line> each : this.lines.entrySet()) {
			Line line = each.getValue();
			if (line.busy < MOST_OF_ONE && !line.waiting.isEmpty()) {
				Turn next = line.waiting.iterator().next();
				line.waiting.remove(next);
				begin(line);
				this.lines.remove(next.peer);
				this.lines.put(next.peer, line);
				return next;
			}
		}
		return null;
	}

	private void begin(Line line) {
		line.busy++;
		this.busy++;
	}

	private synchronized void ended(Turn turn) {
		this.busy--;
		Line line = this.lines.get(turn.peer);
		if (line != null) {
			line.busy--;
			forgetIfEmpty(turn.peer, line);
		}
	}

	private void forgetIfEmpty(InetAddress peer, Line line) {
		if (line.busy == 0 && line.waiting.isEmpty()) {
			this.lines.remove(peer);
		}
	}

	/** The tasks of one address. */
	private static final class Line {

		private final Set<Turn> waiting = new LinkedHashSet<>();

		private int busy;

	}

	/** A task, and who has asked for it. */
	static final class Turn extends FutureTask<@Nullable Void> {

		private final InetAddress peer;

		private Turn(InetAddress peer, Runnable task) {
			super(task, null);
			this.peer = peer;
		}

	}

}
