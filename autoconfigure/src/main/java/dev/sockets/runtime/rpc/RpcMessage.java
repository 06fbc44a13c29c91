package dev.sockets.runtime.rpc;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a peer can say, whatever it looks like on the wire.
 */
public sealed interface RpcMessage {

	/** Something that the wire has dealt with itself, such as a greeting. */
	RpcMessage CONSUMED = new Consumed();

	/**
	 * The peer wants something executed.
	 *
	 * @param returnCode echoed with the answer, as it came
	 * @param isAnswered whether the peer wants an answer
	 * @param opcode what to execute
	 * @param args the positional arguments
	 * @param kwargs the named arguments
	 */
	record Request(@Nullable Object returnCode, boolean isAnswered, Object opcode, List<@Nullable Object> args,
			Map<String, @Nullable Object> kwargs) implements RpcMessage {

	}

	/** The peer answers a request. */
	sealed interface Answer extends RpcMessage {

		/**
		 * Returns which request.
		 * @return the return code that was sent with it
		 */
		@Nullable Object returnCode();

	}

	/**
	 * The peer has executed a request.
	 *
	 * @param returnCode which one
	 * @param value the result; {@code null} for None
	 */
	record Result(@Nullable Object returnCode, @Nullable Object value) implements Answer {

	}

	/**
	 * The peer has failed to execute a request.
	 *
	 * @param returnCode which one
	 * @param error why
	 */
	record Failure(@Nullable Object returnCode, ErrorReport error) implements Answer {

	}

	/** See {@link #CONSUMED}. */
	record Consumed() implements RpcMessage {

	}

}
