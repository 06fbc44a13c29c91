package dev.sockets.runtime.rpc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.codec.PickledObject;
import dev.sockets.codec.Tuple;

/**
 * What the tuples of TCPTalks say: {@code (b'R', opcode, code, args, kwargs)} wants
 * something executed, {@code (b'A', code, (value,))} answers it.
 */
final class TcptalksMessages {

	/** Opcode and return code of the password and of the answer to it. */
	static final long AUTHENTICATION = 0xAA;

	/** Opcode that asks for the identity. */
	static final long IDENTITY = 0xBB;

	private static final byte[] REQUEST = { 'R' };

	private static final byte[] REPLY = { 'A' };

	private TcptalksMessages() {
	}

	static Tuple request(long returnCode, Object opcode, Tuple args, Map<String, ?> kwargs) {
		return Tuple.of(REQUEST, opcode, returnCode, args, kwargs);
	}

	static Tuple reply(@Nullable Object returnCode, @Nullable Object value) {
		return Tuple.of(REPLY, hashable(returnCode), Tuple.of(value));
	}

	/** A return code has a hash code in Python, so any set in it is a frozen one. */
	private static @Nullable Object hashable(@Nullable Object code) {
		if (code instanceof Tuple tuple) {
			return Tuple.copyOf(hashable(tuple));
		}
		return (code instanceof Set<?> set) ? PickledObject.call("builtins", "frozenset", hashable(set)) : code;
	}

	private static List<@Nullable Object> hashable(Iterable<?> codes) {
		List<@Nullable Object> all = new ArrayList<>();
		codes.forEach((code) -> all.add(hashable(code)));
		return all;
	}

	/**
	 * Returns whether a payload says that something is to be executed.
	 */
	static boolean isRequest(Object payload) {
		return isOfKind(payload, REQUEST);
	}

	static boolean isReply(Object payload) {
		return isOfKind(payload, REPLY);
	}

	private static boolean isOfKind(Object payload, byte[] kind) {
		return payload instanceof List<?> fields && !fields.isEmpty() && fields.get(0) instanceof byte[] role
				&& role.length == 1 && role[0] == kind[0];
	}

	/**
	 * Returns the return code of a payload that wants something executed.
	 * @return the code, as it came
	 * @throws IllegalArgumentException when it cannot be told
	 */
	static @Nullable Object returnCode(List<?> request) {
		if (request.size() != 5) {
			throw new IllegalArgumentException("a request has 5 fields, not " + request.size());
		}
		return request.get(2);
	}

	static RpcMessage.Request parseRequest(List<?> fields) {
		return new RpcMessage.Request(returnCode(fields), true, opcode(fields.get(1)), args(fields.get(3)),
				kwargs(fields.get(4)));
	}

	private static Object opcode(@Nullable Object opcode) {
		boolean hashable = opcode instanceof Tuple || !(opcode instanceof List || opcode instanceof Map);
		if (opcode == null || !hashable) {
			throw new IllegalArgumentException("an opcode has to be hashable, and not None");
		}
		return opcode;
	}

	private static List<@Nullable Object> args(@Nullable Object args) {
		if (args instanceof List<?> list) {
			return Collections.unmodifiableList(list);
		}
		throw new IllegalArgumentException("the arguments are no tuple");
	}

	private static Map<String, @Nullable Object> kwargs(@Nullable Object kwargs) {
		if (!(kwargs instanceof Map<?, ?> map)) {
			throw new IllegalArgumentException("the named arguments are no dict");
		}
		Map<String, @Nullable Object> named = new LinkedHashMap<>();
		map.forEach((name, value) -> {
			if (!(name instanceof String text)) {
				throw new IllegalArgumentException("the name of an argument is no text");
			}
			named.put(text, value);
		});
		return Collections.unmodifiableMap(named);
	}

	static RpcMessage.Answer parseReply(List<?> fields) {
		if (fields.size() < 3 || !(fields.get(2) instanceof List<?> results)) {
			throw new IllegalArgumentException("a reply has 3 fields, and the last one is a tuple");
		}
		Object code = fields.get(1);
		if (results.isEmpty()) {
			return new RpcMessage.Failure(code, new ErrorReport("IndexError", "the reply has no result"));
		}
		Object value = (results.size() == 1) ? results.get(0) : results;
		ErrorReport error = TcptalksErrors.read(value);
		return (error != null) ? new RpcMessage.Failure(code, error) : new RpcMessage.Result(code, value);
	}

}
