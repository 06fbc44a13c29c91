package dev.sockets.runtime.backplane.frame;

/**
 * Connections of one server, on whatever node.
 *
 * @param kind what they have in common
 * @param name name of the group or user, or the connection's id; empty for all
 */
public record Target(Kind kind, String name) {

	/** All connections. */
	public static final Target ALL = new Target(Kind.ALL, "");

	/** What they have in common. */
	public enum Kind {

		/** The server. */
		ALL(FrameType.ALL),

		/** The group. */
		GROUP(FrameType.GROUP),

		/** The user. */
		USER(FrameType.USER),

		/** It is one. */
		CONNECTION(FrameType.CONNECTION);

		private final FrameType type;

		Kind(FrameType type) {
			this.type = type;
		}

		/** Returns the type of messages to them. */
		public FrameType type() {
			return this.type;
		}

		static Kind of(int code) {
			for (Kind kind : values()) {
				if (kind.type.code() == code) {
					return kind;
				}
			}
			throw new MalformedFrameException("no audience is of kind " + code);
		}

	}

	static Target read(BodyReader in) {
		return new Target(Kind.of(in.readByte()), in.readText());
	}

	BodyWriter write(BodyWriter out) {
		return out.putByte(this.kind.type().code()).putText(this.name);
	}

}
