package dev.sockets.loop;

import org.jspecify.annotations.Nullable;

/**
 * The native engine was asked for and does not work here. The message is a clause that
 * says why.
 */
public final class UnfitEngineException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String remedy;

	UnfitEngineException(String reason, String remedy, @Nullable Throwable cause) {
		super(reason, cause);
		this.remedy = remedy;
	}

	/**
	 * Returns what would have it work.
	 * @return a clause with a verb in the imperative
	 */
	public String remedy() {
		return this.remedy;
	}

}
