package dev.sockets.runtime.tcp;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.sockets.framing.FrameWindow;

/**
 * What looks at frames before they are decoded, in order. Not changed once made; a
 * connection that has no more use for one of them goes on {@link #without} it.
 */
public final class FrameHooks {

	private static final FrameHooks NONE = new FrameHooks(new FrameHook[0]);

	private final FrameHook[] hooks;

	private FrameHooks(FrameHook[] hooks) {
		this.hooks = hooks;
	}

	/**
	 * Puts hooks in order.
	 * @param hooks the hooks, the first one first; {@code null} for those not needed
	 * @return all of them
	 */
	public static FrameHooks of(@Nullable FrameHook... hooks) {
		return inOrder(Arrays.stream(hooks).filter(Objects::nonNull));
	}

	private static FrameHooks inOrder(Stream<FrameHook> hooks) {
		FrameHook[] all = hooks.toArray(FrameHook[]::new);
		return (all.length > 0) ? new FrameHooks(all) : NONE;
	}

	/**
	 * Returns the hooks of one connection.
	 * @return these, unless one of them remembers something of its connection
	 */
	FrameHooks forConnection() {
		if (this.hooks.length == 0) {
			return this;
		}
		FrameHook[] own = Arrays.stream(this.hooks).map(FrameHook::forConnection).toArray(FrameHook[]::new);
		return Arrays.equals(own, this.hooks) ? this : new FrameHooks(own);
	}

	FrameHooks with(FrameHook hook) {
		return inOrder(Stream.concat(Arrays.stream(this.hooks), Stream.of(hook)));
	}

	FrameHooks without(FrameHook hook) {
		return inOrder(Arrays.stream(this.hooks).filter((one) -> one != hook));
	}

	boolean isEmpty() {
		return this.hooks.length == 0;
	}

	/**
	 * Offers a frame to one hook after another.
	 * @param connection the connection that it came over
	 * @param frame marks the frame
	 * @return whether one has taken it
	 */
	boolean take(DefaultConnection connection, FrameWindow frame) {
		for (FrameHook hook : this.hooks) {
			if (hook.takes(connection, frame)) {
				return true;
			}
		}
		return false;
	}

	void ended(DefaultConnection connection) {
		for (FrameHook hook : this.hooks) {
			hook.ended(connection);
		}
	}

	void tick(DefaultConnection connection, long now) {
		for (FrameHook hook : this.hooks) {
			hook.tick(connection, now);
		}
	}

}
