package dev.sockets.rpc;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is to be executed by a peer. The methods of {@link RpcPeer} make it of their
 * arguments.
 *
 * @param opcode what is bound there: an {@code Integer}, a {@code Long}, a {@code String}
 * or a {@code byte[]}
 * @param args the positional arguments
 * @param kwargs the named arguments
 * @param type what the result is to be; {@code null} for what the codec makes of it
 * @param timeout how long to wait for the result; {@code null} for the configured
 * {@code request-timeout}
 */
public record RpcCall(Object opcode, List<@Nullable Object> args, Map<String, @Nullable Object> kwargs,
		@Nullable Type type, @Nullable Duration timeout) {

	public RpcCall {
		if (!(opcode instanceof Integer || opcode instanceof Long || opcode instanceof String
				|| opcode instanceof byte[])) {
			throw new IllegalArgumentException("An opcode is an Integer, a Long, a String or a byte[], not "
					+ ((opcode != null) ? "a " + opcode.getClass().getTypeName() : "null"));
		}
		if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
			throw new IllegalArgumentException("The timeout " + timeout + " is not positive");
		}
	}

	/**
	 * Makes a call whose result may be anything.
	 * @param opcode what is bound at the peer
	 * @param args the positional arguments, and {@link Kwargs} as the last one perhaps
	 * @return the call
	 */
	public static RpcCall of(Object opcode, @Nullable Object @Nullable ... args) {
		@Nullable Object[] all = (args != null) ? args : new @Nullable Object[1];
		int last = all.length - 1;
		if (last >= 0 && all[last] instanceof Kwargs kwargs) {
			return new RpcCall(opcode, list(Arrays.copyOf(all, last)), kwargs.asMap(), null, null);
		}
		return new RpcCall(opcode, list(all), Map.of(), null, null);
	}

	/**
	 * Says what the result is to be.
	 * @param type the type that it is converted to
	 * @return a call with that type
	 */
	public RpcCall returning(Type type) {
		return new RpcCall(this.opcode, this.args, this.kwargs, type, this.timeout);
	}

	/**
	 * Says how long to wait for the result.
	 * @param timeout the time
	 * @return a call with that deadline
	 */
	public RpcCall within(Duration timeout) {
		return new RpcCall(this.opcode, this.args, this.kwargs, this.type, timeout);
	}

	private static List<@Nullable Object> list(@Nullable Object[] args) {
		return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(args)));
	}

}
