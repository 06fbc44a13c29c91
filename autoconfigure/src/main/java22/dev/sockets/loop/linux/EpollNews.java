package dev.sockets.loop.linux;

import java.nio.channels.SelectionKey;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The keys whose owners are told that their sockets are ready to be written to although
 * epoll does not say so, until they have looked. Used by the selecting thread.
 */
final class EpollNews {

	private @Nullable EpollKey first;

	boolean isEmpty() {
		return this.first == null;
	}

	/** Adds a key, unless it is there already. */
	void add(EpollKey key) {
		if (key.nextWithNews == null) {
			EpollKey next = this.first;
			key.nextWithNews = (next != null) ? next : key;
			this.first = key;
		}
	}

	/**
	 * Tells of all that have news yet.
	 * @param selection the number of this selection
	 * @param action told of them
	 * @return how many were told
	 */
	int tell(int selection, Consumer<SelectionKey> action) {
		forgetOld();
		int told = 0;
		for (EpollKey key = this.first; key != null; key = next(key)) {
			key.ready = SelectionKey.OP_WRITE;
			key.toldIn = selection;
			action.accept(key);
			told++;
		}
		return told;
	}

	private void forgetOld() {
		EpollKey key = this.first;
		this.first = null;
		while (key != null) {
			EpollKey next = next(key);
			key.nextWithNews = null;
			if (key.isValid() && key.socket().hasNews()) {
				add(key);
			}
			key = next;
		}
	}

	private static @Nullable EpollKey next(EpollKey key) {
		EpollKey next = key.nextWithNews;
		return (next != key) ? next : null;
	}

}
