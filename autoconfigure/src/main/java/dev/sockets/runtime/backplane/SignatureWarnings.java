package dev.sockets.runtime.backplane;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.backplane.frame.Frame;
import dev.sockets.runtime.backplane.frame.FrameType;

/**
 * Says that nodes do not understand each other as they have not the same secret: each
 * kind at once, and then once an hour at most, as whoever may publish can cause it.
 */
final class SignatureWarnings {

	private enum Kind {

		UNSIGNED, OTHER_SECRET, SECRET_THERE_ONLY, CLOCK

	}

	private static final SafeLog logger = SafeLog.of(Backplane.class);

	private static final long QUIET_NANOS = TimeUnit.HOURS.toNanos(1);

	private final String prefix;

	private final boolean signs;

	private final Map<Kind, Long> warnedAt = new EnumMap<>(Kind.class);

	/**
	 * Creates an instance that has warned of nothing.
	 * @param prefix which nodes these are
	 * @param signs whether this node has a secret
	 */
	SignatureWarnings(String prefix, boolean signs) {
		this.prefix = prefix;
		this.signs = signs;
	}

	/** A frame was dropped for its signature. */
	void refused(Frame frame) {
		if (frame.type() != FrameType.HEARTBEAT) {
			return;
		}
		if (frame.signed()) {
			warn(Kind.OTHER_SECRET, "A node of '" + this.prefix + "' signs by a secret that is not known here, so "
					+ "nothing of it is taken: sockets.backplane.secret there must be secret or one of old-secrets here");
		}
		else {
			warn(Kind.UNSIGNED, "A node of '" + this.prefix + "' does not sign, so nothing of it is taken: "
					+ "sockets.backplane.secret is set here, and must be set on all nodes");
		}
	}

	/** A heartbeat was taken. */
	void taken(Frame frame, String node) {
		if (frame.signed() && !this.signs) {
			warn(Kind.SECRET_THERE_ONLY, "Node '" + node + "' signs and this one does not, so it takes nothing of this "
					+ "one: sockets.backplane.secret is not set here, and must be set on all nodes");
		}
	}

	/** A heartbeat was dropped for its age. */
	void old(String node) {
		warn(Kind.CLOCK, "The clock of node '" + node + "' differs by more than a minute, so nothing of it is taken");
	}

	private synchronized void warn(Kind kind, String text) {
		long now = System.nanoTime();
		Long before = this.warnedAt.get(kind);
		if (before == null || now - before >= QUIET_NANOS) {
			this.warnedAt.put(kind, now);
			logger.warn(text);
		}
	}

}
