package dev.sockets.tcp;

import org.jspecify.annotations.Nullable;

/**
 * Told of each message when it begins to be handled, sent or answered, by the thread that
 * does so, and when that ends. What it throws is logged, and changes nothing for the
 * message.
 */
public interface MessageObserver {

	/** Observes nothing. */
	MessageObserver NONE = new MessageObserver() {

		@Override
		public Observed receiving(Connection connection, Object payload) {
			return Observed.NOT;
		}

		@Override
		public Observed sending(Connection connection, Object payload) {
			return Observed.NOT;
		}

		@Override
		public Observed requesting(Connection connection, Object payload) {
			return Observed.NOT;
		}

	};

	/**
	 * A received message is about to be handled; the same thread tells of its end.
	 * @param connection its connection
	 * @param payload its payload
	 * @return told when all of its handlers have returned, or one has failed
	 */
	Observed receiving(Connection connection, Object payload);

	/**
	 * A received message is about to be handled whose sender is a client of this
	 * application: a message to a server, or a request by opcode that is to be answered.
	 * By default it is {@linkplain #receiving received} as any other.
	 * @param connection its connection
	 * @param payload its payload
	 * @return told when all of its handlers have returned, or one has failed
	 */
	default Observed serving(Connection connection, Object payload) {
		return receiving(connection, payload);
	}

	/**
	 * A message is about to be sent.
	 * @param connection its connection
	 * @param payload its payload
	 * @return told, by any thread, when the socket has taken it or it has failed
	 */
	Observed sending(Connection connection, Object payload);

	/**
	 * A request is about to be sent.
	 * @param connection its connection
	 * @param payload its payload
	 * @return told, by any thread, when it was answered or has failed
	 */
	Observed requesting(Connection connection, Object payload);

	/**
	 * Something under observation.
	 */
	@FunctionalInterface
	interface Observed {

		/** Nothing. */
		Observed NOT = (failure) -> {
		};

		/**
		 * It has ended.
		 * @param failure why it has failed; {@code null} when it has not
		 */
		void ended(@Nullable Throwable failure);

	}

}
