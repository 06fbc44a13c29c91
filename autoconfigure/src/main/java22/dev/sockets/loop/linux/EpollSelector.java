package dev.sockets.loop.linux;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.BatchingSelector;

/**
 * A selector around epoll. It tells an action what is ready and has no set of selected
 * keys.
 */
final class EpollSelector extends AbstractSelector implements BatchingSelector {

	/** Until what could not be done is tried again, in milliseconds. */
	private static final int SOON = 2;

	private final Epoll epoll = new Epoll();

	private final @Nullable SendBatch batch;

	private final AtomicBoolean woken = new AtomicBoolean();

	private final Set<SelectionKey> keys = ConcurrentHashMap.newKeySet();

	private final Set<SelectionKey> keysSeen = Collections.unmodifiableSet(this.keys);

	private final EpollKeys epollKeys = new EpollKeys();

	/** Those whose owners are told something that epoll does not know. */
	private final EpollNews news = new EpollNews();

	private int selection;

	EpollSelector(SelectorProvider provider, @Nullable SendBatch batch) throws IOException {
		super(provider);
		this.batch = batch;
	}

	@Nullable SendBatch batch() {
		return this.batch;
	}

	@Override
	protected SelectionKey register(AbstractSelectableChannel channel, int operations, @Nullable Object attachment) {
		if (!(channel instanceof EpollChannel socket)) {
			throw new IllegalSelectorException();
		}
		EpollKey key = this.epollKeys.make(this, socket);
		key.attach(attachment);
		this.keys.add(key);
		socket.registered(key);
		if (!isOpen()) {
			throw new ClosedSelectorException();
		}
		key.interestOps(operations);
		return key;
	}

	void changed(EpollKey key) {
		this.epollKeys.add(key);
	}

	@Override
	public int select(Consumer<SelectionKey> action, long timeout) throws IOException {
		return look(action, (timeout <= 0) ? -1 : (int) Math.min(timeout, Integer.MAX_VALUE));
	}

	@Override
	public int select(Consumer<SelectionKey> action) throws IOException {
		return look(action, -1);
	}

	@Override
	public int selectNow(Consumer<SelectionKey> action) throws IOException {
		return look(action, 0);
	}

	private synchronized int look(Consumer<SelectionKey> action, int timeout) throws IOException {
		if (!isOpen()) {
			throw new ClosedSelectorException();
		}
		if (this.batch != null) {
			this.batch.begin();
		}
		forgetCancelled();
		int longest = this.news.isEmpty() ? timeout : atMost(timeout, SOON);
		int count = this.epoll.await(atMost(longest, applyChanges()));
		forgetCancelled();
		this.selection++;
		int told = this.news.tell(this.selection, action);
		for (int i = 0; i < count; i++) {
			told += tell(i, action);
		}
		return told;
	}

	/** Returns the shorter of two timeouts; negative is without end. */
	private static int atMost(int timeout, int other) {
		return (timeout < 0 || (other >= 0 && other < timeout)) ? other : timeout;
	}

	private int tell(int index, Consumer<SelectionKey> action) {
		int generation = this.epoll.generation(index);
		if (generation == Epoll.WAKE_UP) {
			this.epoll.wokenUp();
			this.woken.set(false);
			return 0;
		}
		EpollKey key = this.epollKeys.find(this.epoll.number(index), generation);
		int ready = (key != null) ? ready(this.epoll.events(index), key.interest()) : 0;
		if (key == null || ready == 0) {
			return 0;
		}
		if (key.toldIn == this.selection) {
			key.ready |= ready;
			return 0;
		}
		key.ready = ready;
		action.accept(key);
		return 1;
	}

	private static int ready(int events, int interest) {
		if ((events & (Constants.EPOLLERR | Constants.EPOLLHUP)) != 0) {
			return interest;
		}
		int ready = 0;
		if ((events & Constants.EPOLLIN) != 0) {
			ready |= SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
		}
		if ((events & Constants.EPOLLOUT) != 0) {
			ready |= SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;
		}
		return ready & interest;
	}

	/**
	 * Has epoll look for what is looked for now.
	 * @return how long to wait for events at most because of that, in milliseconds;
	 * negative for no end
	 */
	private int applyChanges() {
		int longest = -1;
		EpollKey key = this.epollKeys.takeChanged();
		while (key != null) {
			EpollKey before = key.changedBefore;
			key.changedBefore = null;
			key.unchange();
			if (key.isValid()) {
				if (!watches(key)) {
					key.change();
					longest = atMost(longest, SOON);
				}
				if (key.socket().hasNews()) {
					this.news.add(key);
					longest = 0;
				}
			}
			key = before;
		}
		return longest;
	}

	/** Returns {@code false} when that is to be tried again. */
	private boolean watches(EpollKey key) {
		int interest = key.interest();
		int events = 0;
		if ((interest & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0) {
			events |= Constants.EPOLLIN;
		}
		if ((interest & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0) {
			events |= Constants.EPOLLOUT;
		}
		Descriptor descriptor = key.socket().descriptor();
		if (events == key.watched || !descriptor.tryBegin()) {
			return true;
		}
		try {
			int operation = (events == 0) ? Constants.EPOLL_DELETE
					: (key.watched == 0) ? Constants.EPOLL_ADD : Constants.EPOLL_MODIFY;
			if (this.epoll.control(operation, descriptor.number, events, key.generation) < 0) {
				return false;
			}
			key.watched = events;
			return true;
		}
		finally {
			descriptor.end();
		}
	}

	private void forgetCancelled() {
		Set<SelectionKey> cancelled = cancelledKeys();
		List<SelectionKey> all;
		synchronized (cancelled) {
			if (cancelled.isEmpty()) {
				return;
			}
			all = new ArrayList<>(cancelled);
			cancelled.clear();
		}
		for (SelectionKey key : all) {
			forget((EpollKey) key);
		}
	}

	private void forget(EpollKey key) {
		this.keys.remove(key);
		Descriptor descriptor = key.socket().descriptor();
		if (key.watched != 0 && descriptor.tryBegin()) {
			this.epoll.control(Constants.EPOLL_DELETE, descriptor.number, 0, 0);
			descriptor.end();
		}
		key.watched = 0;
		this.epollKeys.forget(key);
		deregister((AbstractSelectionKey) key);
	}

	@Override
	public void sendBatch() {
		if (this.batch != null) {
			this.batch.submit();
		}
	}

	@Override
	public Set<SelectionKey> keys() {
		return this.keysSeen;
	}

	@Override
	public Set<SelectionKey> selectedKeys() {
		return Set.of();
	}

	@Override
	public int selectNow() throws IOException {
		return selectNow((key) -> {
		});
	}

	@Override
	public int select(long timeout) throws IOException {
		return select((key) -> {
		}, timeout);
	}

	@Override
	public int select() throws IOException {
		return select(0);
	}

	@Override
	public Selector wakeup() {
		if (this.woken.compareAndSet(false, true)) {
			synchronized (this.woken) {
				if (isOpen()) {
					this.epoll.wakeUp();
				}
			}
		}
		return this;
	}

	@Override
	protected void implCloseSelector() {
		for (SelectionKey key : this.keys) {
			key.cancel();
		}
		synchronized (this.woken) {
			this.epoll.wakeUp();
		}
		synchronized (this) {
			forgetCancelled();
			if (this.batch != null) {
				this.batch.close();
			}
			synchronized (this.woken) {
				this.epoll.close();
			}
		}
	}

}
