package dev.sockets.loop.linux;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectionKey;

import org.jspecify.annotations.Nullable;

/**
 * A channel in a selector.
 */
final class EpollKey extends AbstractSelectionKey {

	private static final VarHandle INTEREST;

	private static final VarHandle CHANGED;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			INTEREST = lookup.findVarHandle(EpollKey.class, "interest", int.class);
			CHANGED = lookup.findVarHandle(EpollKey.class, "changed", boolean.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final EpollSelector selector;

	private final EpollChannel channel;

	final int generation;

	/** What epoll looks for; belongs to the selecting thread. */
	int watched;

	/** Belongs to the selecting thread, and then to whoever it tells. */
	int ready;

	/** The selection that it was told in last; belongs to the selecting thread. */
	int toldIn;

	/** Belongs to the keys of the selector. */
	@Nullable EpollKey changedBefore;

	/** Belongs to the selecting thread; the key itself is the last. */
	@Nullable EpollKey nextWithNews;

	private volatile int interest;

	@SuppressWarnings("unused")
	private volatile boolean changed;

	EpollKey(EpollSelector selector, EpollChannel channel, int generation) {
		this.selector = selector;
		this.channel = channel;
		this.generation = generation;
	}

	@Override
	public SelectableChannel channel() {
		return (SelectableChannel) this.channel;
	}

	EpollChannel socket() {
		return this.channel;
	}

	@Override
	public Selector selector() {
		return this.selector;
	}

	@Override
	public int interestOps() {
		ensureValid();
		return this.interest;
	}

	@Override
	public SelectionKey interestOps(int operations) {
		ensureValid();
		if ((operations & ~channel().validOps()) != 0) {
			throw new IllegalArgumentException();
		}
		if ((int) INTEREST.getAndSet(this, operations) != operations) {
			change();
		}
		return this;
	}

	@Override
	public int interestOpsOr(int operations) {
		ensureValid();
		int before = (int) INTEREST.getAndBitwiseOr(this, operations);
		if ((before | operations) != before) {
			change();
		}
		return before;
	}

	@Override
	public int interestOpsAnd(int operations) {
		ensureValid();
		int before = (int) INTEREST.getAndBitwiseAnd(this, operations);
		if ((before & operations) != before) {
			change();
		}
		return before;
	}

	int interest() {
		return this.interest;
	}

	@Override
	public int readyOps() {
		ensureValid();
		return this.ready;
	}

	private void ensureValid() {
		if (!isValid()) {
			throw new CancelledKeyException();
		}
	}

	/** Has the selector look for something else from its next selection on. */
	void change() {
		if (CHANGED.compareAndSet(this, false, true)) {
			this.selector.changed(this);
		}
	}

	/** The selector looks now what has changed. */
	void unchange() {
		this.changed = false;
	}

}
