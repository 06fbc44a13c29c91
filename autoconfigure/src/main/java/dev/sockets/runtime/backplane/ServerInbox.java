package dev.sockets.runtime.backplane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.Message;
import dev.sockets.runtime.backplane.frame.Order;

/**
 * What other nodes have for the connections of one server here, bounded in bytes, and the
 * thread that does it. So the engine's thread never waits for them. A connection writes
 * at once all that it is given of a batch.
 */
final class ServerInbox {

	private record Work(FrameType type, @Nullable Message message, @Nullable Order order, int size,
			IntConsumer answer) {

	}

	private static final SafeLog logger = SafeLog.of(ServerInbox.class);

	private static final int ORDER_BYTES = 256;

	private static final int BATCH_BYTES = 64 * 1024;

	private final LocalServer server;

	private final int most;

	private final BackplaneCounters counters;

	private final OverloadWarnings warnings;

	private final Deque<Work> waiting = new ArrayDeque<>();

	private final Thread thread;

	private long bytes;

	private boolean stopped;

	ServerInbox(LocalServer server, int mostBytes, BackplaneCounters counters, OverloadWarnings warnings) {
		this.warnings = warnings;
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

	void stop() {
		List<Work> left;
		synchronized (this) {
			this.stopped = true;
			left = List.copyOf(this.waiting);
			this.waiting.clear();
			notifyAll();
		}
		left.forEach(ServerInbox::tellStopped);
	}

	private static void tellStopped(Work work) {
		work.answer().accept(SocketErrorCode.NOT_CONNECTED.value());
	}

	/** Returns whether there was room; nobody misses what comes when it has stopped. */
	boolean deliver(FrameType type, Message message, IntConsumer answer) {
		return add(new Work(type, message, null, message.bytes().remaining() + ORDER_BYTES, answer));
	}

	void obey(FrameType type, Order order, IntConsumer answer) {
		add(new Work(type, null, order, ORDER_BYTES, answer));
	}

	private boolean add(Work work) {
		if (addIfRoom(work)) {
			return true;
		}
		if (isStopped()) {
			tellStopped(work);
			return true;
		}
		this.counters.drop(DropReason.INBOUND_FULL);
		this.warnings.inbound(this.server.name(), this.most);
		work.answer().accept(SocketErrorCode.BACKPLANE_FULL.value());
		return false;
	}

	private synchronized boolean addIfRoom(Work work) {
		boolean room = !this.stopped && this.bytes + work.size() <= this.most;
		if (room) {
			this.waiting.add(work);
			this.bytes += work.size();
			notifyAll();
		}
		return room;
	}

	private synchronized boolean isStopped() {
		return this.stopped;
	}

	synchronized long pending() {
		return this.bytes;
	}

	private void run() {
		List<Work> batch;
		while (!(batch = take()).isEmpty()) {
			batch.forEach((work) -> guarded(() -> work.answer().accept(carryOut(work))));
			guarded(this.server::writeDelivered);
		}
	}

	private void guarded(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			logger.error("What another node has for '" + this.server.name() + "' could not be done", ex);
		}
	}

	/** What comes before an order is written before that is obeyed. */
	private int carryOut(Work work) {
		Message message = work.message();
		Order order = work.order();
		if (message != null) {
			return this.server.deliver(message);
		}
		this.server.writeDelivered();
		return (order != null) ? this.server.obey(work.type(), order) : 0;
	}

	/** Waits for work. Returns what waits, as far as it is written together. */
	private synchronized List<Work> take() {
		while (this.waiting.isEmpty() && !this.stopped) {
			try {
				wait();
			}
			catch (InterruptedException ex) {
				// Nobody who may end it interrupts it.
			}
		}
		List<Work> batch = new ArrayList<>();
		long size = 0;
		while (size < BATCH_BYTES && !this.waiting.isEmpty()) {
			Work work = this.waiting.remove();
			size += work.size();
			batch.add(work);
		}
		this.bytes -= size;
		return batch;
	}

}
