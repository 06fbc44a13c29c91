package dev.sockets.runtime.tcp;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.Callbacks;

/**
 * Threads for the handshakes of one endpoint that the application has made and that may
 * block: apart from those of its handlers, and only so many. When all of them block,
 * whoever has waited longest for its peer gives way to those that come, so that peers
 * that say nothing do not keep the others out. Open to all threads.
 */
final class HandshakeThreads {

	/** Handshakes at a time; those that have to wait for other things wait in turn. */
	static final int MOST = 256;

	private final BackgroundThreads threads = new BackgroundThreads("sockets-handshake", MOST);

	/**
	 * Those that have not returned, the oldest first; guarded by this object's monitor.
	 */
	private final Set<HandshakeHook> begun = new LinkedHashSet<>();

	/**
	 * Begins a handshake.
	 * @param handshake the handshake
	 */
	void begin(HandshakeHook handshake) {
		HandshakeHook longest = add(handshake);
		if (longest != null) {
			longest.giveWay();
		}
		try {
			this.threads.execute(() -> run(handshake));
		}
		catch (Throwable ex) {
			remove(handshake);
			throw ex;
		}
	}

	private void run(HandshakeHook handshake) {
		try {
			Callbacks.run(handshake);
		}
		finally {
			remove(handshake);
		}
	}

	/** Returns who is to give way, if anybody is. */
	private synchronized @Nullable HandshakeHook add(HandshakeHook handshake) {
		HandshakeHook longest = (this.begun.size() >= MOST) ? longest() : null;
		if (longest != null) {
			this.begun.remove(longest);
		}
		this.begun.add(handshake);
		return longest;
	}

	private @Nullable HandshakeHook longest() {
		for (HandshakeHook handshake : this.begun) {
			if (handshake.isAsked()) {
				return handshake;
			}
		}
		return null;
	}

	private synchronized void remove(HandshakeHook handshake) {
		this.begun.remove(handshake);
	}

}
