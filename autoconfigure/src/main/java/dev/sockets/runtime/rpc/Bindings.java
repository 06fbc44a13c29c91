package dev.sockets.runtime.rpc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

import dev.sockets.rpc.RpcHandler;

/**
 * Which handlers are bound to which opcodes, on an endpoint or on one connection. Open to
 * all threads.
 */
final class Bindings {

	private final ConcurrentMap<Object, Binding> handlers = new ConcurrentHashMap<>();

	private final Set<Long> reserved;

	/**
	 * Creates bindings.
	 * @param reserved opcodes to which nothing can be bound
	 */
	Bindings(Set<Long> reserved) {
		this.reserved = reserved;
	}

	void bind(Object opcode, RpcHandler handler) {
		Object key = Opcodes.key(opcode);
		Assert.notNull(handler,
				() -> "There must be a handler to bind to opcode " + Opcodes.text(opcode) + ", not null");
		Long number = Opcodes.number(opcode);
		if (number != null && this.reserved.contains(number)) {
			throw new IllegalArgumentException(
					"Opcode " + Opcodes.text(opcode) + " is bound already, as the wire answers to it");
		}
		if (this.handlers.putIfAbsent(key, new Binding(handler, new Pace())) != null) {
			throw new IllegalArgumentException("Opcode " + Opcodes.text(opcode) + " is bound already");
		}
	}

	void unbind(Object opcode) {
		this.handlers.remove(Opcodes.key(opcode));
	}

	@Nullable Binding find(Object key) {
		return this.handlers.get(key);
	}

}
