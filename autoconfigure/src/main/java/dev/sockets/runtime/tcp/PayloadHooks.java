package dev.sockets.runtime.tcp;

import java.util.Arrays;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

import dev.sockets.SocketOperationException;

/**
 * What looks at the payloads of one connection before they are dispatched, in the order
 * in which it was added; by default nothing.
 */
public final class PayloadHooks {

	private static final PayloadHook[] NO_HOOKS = {};

	/** Of connections that have none; nothing is added to these. */
	static final PayloadHooks NONE = new PayloadHooks();

	private volatile PayloadHook[] hooks = NO_HOOKS;

	/** Guarded by this object's monitor. */
	private @Nullable Supplier<SocketOperationException> end;

	/**
	 * Adds a hook after all others; open to all threads.
	 * @param hook the hook; told at once when nothing more is read
	 */
	void add(PayloadHook hook) {
		Assert.state(this != NONE, "These are the hooks of all connections that have none");
		Supplier<SocketOperationException> end;
		synchronized (this) {
			PayloadHook[] more = Arrays.copyOf(this.hooks, this.hooks.length + 1);
			more[more.length - 1] = hook;
			this.hooks = more;
			end = this.end;
		}
		if (end != null) {
			hook.ended(end.get());
		}
	}

	/**
	 * Goes on without a hook; open to all threads.
	 * @param hook the hook that has no more use for this connection's payloads
	 */
	synchronized void remove(PayloadHook hook) {
		PayloadHook[] fewer = Arrays.stream(this.hooks).filter((one) -> one != hook).toArray(PayloadHook[]::new);
		this.hooks = (fewer.length > 0) ? fewer : NO_HOOKS;
	}

	boolean isEmpty() {
		return this.hooks.length == 0;
	}

	boolean hold() {
		for (PayloadHook hook : this.hooks) {
			if (hook.holds()) {
				return true;
			}
		}
		return false;
	}

	void begin() {
		for (PayloadHook hook : this.hooks) {
			hook.begin();
		}
	}

	void opened() {
		for (PayloadHook hook : this.hooks) {
			hook.opened();
		}
	}

	/**
	 * Offers a payload to one hook after another.
	 * @param item the payload, or the {@link MessageFault} in its place
	 * @return whether one has taken it
	 */
	boolean take(Object item) {
		for (PayloadHook hook : this.hooks) {
			if ((item instanceof MessageFault fault) ? hook.takesFault(fault) : hook.takes(item)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns whether anybody waits for something from the peer. Open to all threads.
	 */
	public boolean await() {
		for (PayloadHook hook : this.hooks) {
			if (hook.awaits()) {
				return true;
			}
		}
		return false;
	}

	void tick(long now) {
		for (PayloadHook hook : this.hooks) {
			hook.tick(now);
		}
	}

	/**
	 * Nothing more is read.
	 * @param cause makes what the hooks are told, also those that come later; the first
	 * one stays for them
	 */
	void end(Supplier<SocketOperationException> cause) {
		PayloadHook[] hooks;
		synchronized (this) {
			if (this.end == null) {
				this.end = cause;
			}
			hooks = this.hooks;
		}
		for (PayloadHook hook : hooks) {
			hook.ended(cause.get());
		}
	}

}
