package dev.sockets.annotation;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

import dev.sockets.rpc.RpcCall;

/**
 * Reads the {@link Opcode} methods of a {@link SocketExchange} interface.
 */
final class OpcodeMethods {

	private OpcodeMethods() {
	}

	/**
	 * Reads a method.
	 * @param method the method
	 * @param annotation its opcode
	 * @param result what its result is to be
	 * @param later whether it returns before the result is there
	 * @param timeout how long to wait for the result; {@code null} for the client's
	 * @return what it does
	 * @throws IllegalArgumentException when it has no meaning
	 */
	static ExchangeMethod read(Method method, Opcode annotation, ResolvableType result, boolean later,
			@Nullable Duration timeout) {
		Object opcode = opcode(method, annotation);
		if (annotation.tell()) {
			if (later || result.resolve() != void.class) {
				throw new IllegalArgumentException(Signatures.of(method) + " tells, so it has to be void");
			}
			return (client, arguments) -> {
				client.rpc().tell(opcode, spread(method, arguments));
				return null;
			};
		}
		return (client, arguments) -> {
			RpcCall call = RpcCall.of(opcode, spread(method, arguments)).returning(result.getType());
			RpcCall bounded = (timeout != null) ? call.within(timeout) : call;
			return later ? client.rpc().executeAsync(bounded) : client.rpc().execute(bounded);
		};
	}

	private static Object opcode(Method method, Opcode annotation) {
		boolean named = !annotation.name().isEmpty();
		if (annotation.value().length != (named ? 0 : 1)) {
			throw new IllegalArgumentException(Signatures.of(method) + " has to have one opcode, or one name");
		}
		return named ? annotation.name() : (Object) annotation.value()[0];
	}

	/** A variable number of arguments comes as one array. */
	private static @Nullable Object[] spread(Method method, @Nullable Object[] arguments) {
		int last = arguments.length - 1;
		if (!method.isVarArgs() || !(arguments[last] instanceof Object[] rest)) {
			return arguments;
		}
		@Nullable Object[] all = Arrays.copyOf(arguments, last + rest.length);
		System.arraycopy(rest, 0, all, last, rest.length);
		return all;
	}

}
