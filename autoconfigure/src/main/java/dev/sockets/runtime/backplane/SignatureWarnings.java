package dev.sockets.runtime.backplane;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.sockets.PrintableText;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.backplane.frame.Frame;
import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.Heartbeat;
import dev.sockets.runtime.backplane.frame.MalformedFrameException;

/**
 * Says that nodes do not understand each other as they have not the same secret: each
 * kind at once, and then once an hour at most, as whoever may publish can cause it.
 */
final class SignatureWarnings {

	private enum Kind {

		UNSIGNED("does not sign"),

		OTHER_SECRET("signs by a secret that is not known here"),

		SECRET_THERE_ONLY("signs, and this one does not"),

		CLOCK("has a clock that differs by more than a minute");

		private final String why;

		Kind(String why) {
			this.why = why;
		}

	}

	private static final SafeLog logger = SafeLog.of(Backplane.class);

	private static final long QUIET_NANOS = TimeUnit.HOURS.toNanos(1);

	private static final int MOST_OF_ID = 64;

	private final String prefix;

	private final boolean signs;

	private final DifferingSecrets differing;

	private final Map<Kind, Long> warnedAt = new EnumMap<>(Kind.class);

	/**
	 * Creates an instance that has warned of nothing.
	 * @param prefix which nodes these are
	 * @param signs whether this node has a secret
	 * @param differing told of each node
	 */
	SignatureWarnings(String prefix, boolean signs, DifferingSecrets differing) {
		this.prefix = prefix;
		this.signs = signs;
		this.differing = differing;
	}

	/** A frame was dropped for its signature. */
	void refused(Frame frame) {
		if (frame.type() != FrameType.HEARTBEAT) {
			return;
		}
		String node = saidBy(frame);
		if (frame.signed()) {
			warn(Kind.OTHER_SECRET, node,
					", so nothing of it is taken: sockets.backplane.secret there must be secret or "
							+ "one of old-secrets here");
		}
		else {
			warn(Kind.UNSIGNED, node, ", so nothing of it is taken: sockets.backplane.secret is set here, and must be "
					+ "set on all nodes");
		}
	}

	/** Anybody may have written it. */
	private static String saidBy(Frame frame) {
		try {
			String node = PrintableText.of(Heartbeat.read(frame.body()).node());
			return (node.length() <= MOST_OF_ID) ? node : node.substring(0, MOST_OF_ID) + "...";
		}
		catch (MalformedFrameException ex) {
			return "";
		}
	}

	/** A heartbeat was taken. */
	void taken(Frame frame, String node) {
		if (frame.signed() && !this.signs) {
			warn(Kind.SECRET_THERE_ONLY, node, ", so it takes nothing of this one: sockets.backplane.secret is not set "
					+ "here, and must be set on all nodes");
		}
	}

	/** A heartbeat was dropped for its age. */
	void old(String node) {
		warn(Kind.CLOCK, node, ", so nothing of it is taken");
	}

	private void warn(Kind kind, String node, String consequence) {
		long now = System.nanoTime();
		this.differing.heard(node, kind.why, now);
		if (isDue(kind, now)) {
			logger.warn("Node '" + node + "' of '" + this.prefix + "' " + kind.why + consequence);
		}
	}

	private synchronized boolean isDue(Kind kind, long now) {
		Long before = this.warnedAt.get(kind);
		boolean due = before == null || now - before >= QUIET_NANOS;
		if (due) {
			this.warnedAt.put(kind, now);
		}
		return due;
	}

}
