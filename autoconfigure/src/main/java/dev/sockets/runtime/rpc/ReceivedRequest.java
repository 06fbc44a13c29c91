package dev.sockets.runtime.rpc;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

import dev.sockets.rpc.ArgumentMismatchException;
import dev.sockets.rpc.RpcConnection;
import dev.sockets.rpc.RpcRequest;

/**
 * A request as its handler sees it.
 *
 * @param message what has come
 * @param peer the connection that it came over
 * @param converter converts its arguments
 */
record ReceivedRequest(RpcMessage.Request message, RpcConnection peer, ValueConverter converter) implements RpcRequest {

	@Override
	public Object opcode() {
		return this.message.opcode();
	}

	@Override
	public List<@Nullable Object> args() {
		return this.message.args();
	}

	@Override
	public Map<String, @Nullable Object> kwargs() {
		return this.message.kwargs();
	}

	@Override
	@SuppressWarnings("unchecked")
	public <C extends RpcConnection> C connection() {
		return (C) this.peer;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T arg(int index, Class<T> type) {
		if (index >= args().size()) {
			throw new ArgumentMismatchException(
					(index + 1) + " arguments are needed but there are " + args().size() + " only");
		}
		return (T) convert(args().get(index), ResolvableType.forClass(type), "argument " + (index + 1));
	}

	@Override
	public @Nullable Object convert(@Nullable Object value, ResolvableType type, String name) {
		try {
			return this.converter.convert(value, type);
		}
		catch (IllegalArgumentException ex) {
			throw new ArgumentMismatchException(name + " is not of the right type", ex);
		}
	}

}
