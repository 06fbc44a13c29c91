package dev.sockets.runtime.backplane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.Message;
import dev.sockets.runtime.backplane.frame.Order;

/**
 * What other nodes have for the connections of one server here, bounded in bytes, and the
 * thread that does it. So the engine's thread never waits for them.
 */
final class ServerInbox {

	private record Work(FrameType type, @Nullable Message message, @Nullable Order order, int size,
			IntConsumer answer) {

	}

	private static final SafeLog logger = SafeLog.of(ServerInbox.class);

	private static final int ORDER_BYTES = 256;

	private final LocalServer server;

	private final int most;

	private final BackplaneCounters counters;

	private final Deque<Work> waiting = new ArrayDeque<>();

	private final Thread thread;

	private long bytes;

	private boolean stopped;

	ServerInbox(LocalServer server, int mostBytes, BackplaneCounters counters) {
		this.server = server;
		this.most = mostBytes;
		this.counters = counters;
		this.thread = new Thread(this::run, "sockets-backplane-" + server.name());
		this.thread.setDaemon(true);
	}

	LocalServer server() {
		return this.server;
	}

	void start() {
		this.thread.start();
	}

	synchronized void stop() {
		this.stopped = true;
		this.waiting.clear();
		notifyAll();
	}

	/** Returns whether there was room. */
	boolean deliver(FrameType type, Message message, IntConsumer answer) {
		return add(new Work(type, message, null, message.bytes().remaining() + ORDER_BYTES, answer));
	}

	void obey(FrameType type, Order order, IntConsumer answer) {
		add(new Work(type, null, order, ORDER_BYTES, answer));
	}

	private synchronized boolean add(Work work) {
		if (this.stopped || this.bytes + work.size() > this.most) {
			this.counters.drop(DropReason.INBOUND_FULL);
			return false;
		}
		this.waiting.add(work);
		this.bytes += work.size();
		notifyAll();
		return true;
	}

	synchronized long pending() {
		return this.bytes;
	}

	private void run() {
		Work work;
		while ((work = take()) != null) {
			try {
				work.answer().accept(carryOut(work));
			}
			catch (Throwable ex) {
				logger.error("What another node has for '" + this.server.name() + "' could not be done", ex);
			}
		}
	}

	private int carryOut(Work work) {
		Message message = work.message();
		Order order = work.order();
		return (message != null) ? this.server.deliver(message)
				: (order != null) ? this.server.obey(work.type(), order) : 0;
	}

	private synchronized @Nullable Work take() {
		while (this.waiting.isEmpty() && !this.stopped) {
			try {
				wait();
			}
			catch (InterruptedException ex) {
				// Nobody who may end it interrupts it.
			}
		}
		Work work = this.waiting.poll();
		if (work != null) {
			this.bytes -= work.size();
		}
		return work;
	}

}
