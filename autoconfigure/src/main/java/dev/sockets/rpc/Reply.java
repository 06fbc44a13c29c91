package dev.sockets.rpc;

import org.jspecify.annotations.Nullable;

/**
 * A reply to a request that was sent.
 */
public final class Reply {

	private final @Nullable Object value;

	/**
	 * Creates a reply.
	 * @param value its value; {@code null} for None
	 */
	public Reply(@Nullable Object value) {
		this.value = value;
	}

	/**
	 * Returns the value.
	 * @param <T> its class
	 * @return the value; {@code null} for None, which is a value too
	 */
	@SuppressWarnings("unchecked")
	public <T> @Nullable T value() {
		return (T) this.value;
	}

	@Override
	public String toString() {
		return "Reply[" + this.value + "]";
	}

}
