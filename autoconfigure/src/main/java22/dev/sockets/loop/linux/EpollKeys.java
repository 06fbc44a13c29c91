package dev.sockets.loop.linux;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The keys of one selector: those that something has changed of, and all by the number of
 * their descriptors. Open to all threads, but for what says something else.
 */
final class EpollKeys {

	private static final VarHandle CHANGED;

	static {
		try {
			CHANGED = MethodHandles.lookup().findVarHandle(EpollKeys.class, "changed", EpollKey.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** The last one; each leads to the one before, as that takes no memory. */
	private volatile @Nullable EpollKey changed;

	private @Nullable EpollKey[] numbered = new EpollKey[256];

	private int generations;

	/**
	 * Makes the key of a channel. When that is closed meanwhile its number may be
	 * another's by now, whose key stays.
	 */
	EpollKey make(EpollSelector selector, EpollChannel channel) {
		EpollKey key = new EpollKey(selector, channel, nextGeneration());
		Descriptor descriptor = channel.descriptor();
		if (descriptor.tryBegin()) {
			try {
				put(descriptor.number, key);
			}
			finally {
				descriptor.end();
			}
		}
		return key;
	}

	private synchronized int nextGeneration() {
		this.generations++;
		if (this.generations == Epoll.WAKE_UP) {
			this.generations++;
		}
		return this.generations;
	}

	private synchronized void put(int number, EpollKey key) {
		if (number >= this.numbered.length) {
			this.numbered = Arrays.copyOf(this.numbered, Math.max(2 * this.numbered.length, number + 1));
		}
		this.numbered[number] = key;
	}

	synchronized void forget(EpollKey key) {
		int number = key.socket().descriptor().number;
		if (number < this.numbered.length && this.numbered[number] == key) {
			this.numbered[number] = null;
		}
	}

	/**
	 * Finds what epoll tells of; used by the selecting thread.
	 * @param number of the descriptor
	 * @param generation the key's
	 * @return the key; {@code null} when it was cancelled meanwhile
	 */
	@Nullable EpollKey find(int number, int generation) {
		EpollKey key = this.numbered[number];
		return (key != null && key.generation == generation && key.isValid()) ? key : null;
	}

	/** Something has changed of a key that is not among those already. */
	void add(EpollKey key) {
		EpollKey last;
		do {
			last = this.changed;
			key.changedBefore = last;
		}
		while (!CHANGED.compareAndSet(this, last, key));
	}

	/**
	 * Takes those that something has changed of.
	 * @return the last; each leads to the one before
	 */
	@Nullable EpollKey takeChanged() {
		return (this.changed != null) ? (EpollKey) CHANGED.getAndSet(this, null) : null;
	}

}
